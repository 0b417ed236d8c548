// The application
export { createApplication, type ApplicationOptions } from './app/create-app'
export type { Application, ModelMap, RequestListener, RouteHandler } from './app/application'

// Models by name
export { createRegistry, Registry, type RegistryOptions } from './registry/registry'
export type { ModelConfig, SharedModel, ModelDefinitionObject, Settings } from './types'

// Errors and differences between profiles
export { errors } from './errors'
export { flags, type CoreFlags } from './compat'
