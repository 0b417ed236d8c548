// The application
export { createApplication, type ApplicationOptions } from './app/create-app'
export type { Application, ModelMap, RequestListener, RouteHandler, Stopped } from './app/application'

// Middleware
export { context, errorHandler, favicon, rest, status, token, urlNotFound } from './middleware/factories'
export { loadExpress } from './middleware/bridge'
export type { ExpressBridge, ExpressModule, LoadExpress, MiddlewarePath, Passage, Slot } from './middleware/bridge'
export type { MiddlewareConfig } from './middleware/entry-config'
export { currentContext, makeContext, runInContext, type CurrentContext } from './current-context'

// Models by name
export { createRegistry, Registry, type RegistryOptions } from './registry/registry'
export type { ModelConfig, SharedModel, ModelDefinitionObject, Settings } from './types'

// Access control
export { AccessContext, type AccessContextParts, type TokenFacts } from './access/access-context'
export { AccessRequest, type AccessRequestParts } from './access/access-request'
export { Principal } from './access/principal'
export { accessFlags, type AccessFlags } from './access/compat'
export type { TenantResolver } from './access/access-state'
export type { EnableAuthOptions } from './access/members'
export type { Rule } from './access/rule'

// Users and tokens
export { attemptsInProcess, type Attempt, type AttemptBound, type AttemptStore } from './identity/attempts'
export { attemptsInStore } from './identity/attempts-in-store'
export { identityFlags, type IdentityFlags } from './identity/compat'
export type { TokenOptions } from './identity/token-sources'

// Errors and differences between profiles
export { errors } from './errors'
export { flags, type CoreFlags } from './compat'
