import { nearest } from '@reloop/errors'
import { runtimeOf, type DataSource } from '@reloop/juggler'
import { errors } from '../errors'
import { stateOf } from '../models/model'
import type { ModelConfig, SharedModel, Settings } from '../types'
import type { Application } from './application'
import { spellings } from './names'
import { applySharedMethods, onlyExposed, type SharedMethods } from './shared-methods'

/** The members that add models, data sources and connectors. */
export function modelMembers(app: Application) {
  return {
    model(given: SharedModel | string, config: ModelConfig = {}): SharedModel {
      const Model = typeof given === 'string' ? buildModel(app, given, config) : given
      if (typeof Model !== 'function' || !runtimeOf(Model)) throw errors.APP_MODEL_INVALID({ given: typeof given })
      if (Object.keys(config).length > 0)
        app.registry.configureModel(Model, { ...config, dataSource: dataSourceOf(app, Model, config.dataSource) })
      register(app, Model)
      const isPublic = config.public !== false
      Model.shared = isPublic
      join(app, Model)
      if (isPublic) share(app, Model)
      return Model
    },

    deleteModelByName(name: string): void {
      const Model = app.models[name]
      const list = listOf(app)
      if (Model) {
        for (const spelling of Object.keys(app.models)) if (app.models[spelling] === Model) delete app.models[spelling]
        list.splice(list.indexOf(Model), 1)
        delete app.registry.modelBuilder.models[Model.modelName]
        app.remotes().deleteClassByName(Model.sharedClass.name)
        Model.removeAllListeners()
      }
      app.emit('modelDeleted', Model ?? name)
    },

    dataSource(name: string, config: Settings): DataSource {
      const source = makeDataSource(app, name, config)
      Object.assign(source, { app })
      for (const spelling of spellings(name)) app.dataSources[spelling] = source
      return source
    },

    connector(name: string, connector: unknown): void {
      for (const spelling of spellings(name)) app.connectors[spelling] = connector
    },
  }
}

function makeDataSource(app: Application, name: string, config: Settings): DataSource {
  const { connector } = config
  const registered = typeof connector === 'string' ? registeredConnector(app, connector) : undefined
  const limits = { ...(app.get('limits') as Settings | undefined), ...(config.limits as Settings | undefined) }
  try {
    return app.registry.createDataSource(name, { ...config, limits, ...(registered === undefined ? {} : { connector: registered }) })
  } catch (error) {
    const problem = (error as Error).message
    throw errors.APP_DATASOURCE_FAILED({ name, problem }, { cause: error })
  }
}

/** What was registered under a name. What is only found there when it is read, a data source finds by itself, and stays lazy till then. */
function registeredConnector(app: Application, name: string): unknown {
  return Object.getOwnPropertyDescriptor(app.connectors, name)?.value
}

/** A name that no data source has is a mistake; nothing at all may be meant. */
function dataSourceOf(app: Application, Model: SharedModel, given: unknown): unknown {
  if (typeof given !== 'string') return given
  const found = Object.hasOwn(app.dataSources, given) ? app.dataSources[given] : undefined
  if (found) return found
  throw errors.REGISTRY_DATASOURCE_UNKNOWN({
    model: Model.modelName,
    dataSource: given,
    near: nearest(given, Object.keys(app.dataSources)),
  })
}

function buildModel(app: Application, name: string, config: ModelConfig): SharedModel {
  if (!app.registry.flags.modelByName) throw errors.APP_MODEL_BY_NAME({ name })
  const { properties, options, relations, acls } = config as ModelConfig & { properties?: Settings }
  return app.registry.createModel({ name, properties, options: { ...options, ...(relations && { relations }), ...(acls && { acls }) } })
}

function register(app: Application, Model: SharedModel): void {
  const list = listOf(app)
  if (!list.includes(Model)) list.push(Model)
  for (const spelling of spellings(Model.modelName)) app.models[spelling] = Model
}

function listOf(app: Application): SharedModel[] {
  return (app.models as unknown as { list: SharedModel[] }).list
}

/** The class belongs to the application; hooks that waited for one are registered. */
function join(app: Application, Model: SharedModel): void {
  const state = stateOf(Model)
  if (state.app === app) return
  state.app = app
  for (const joining of state.joinings) joining(app)
  const emit = Model.emit.bind(Model)
  const forward = (event: string) => Model.on(event, (...args) => void app.emit(event, ...args))
  forward('remoteMethodDisabled')
  forward('remoteMethodAdded')
  emit('attached', app)
}

/** Shares the class: its methods, and the shape of its rows. */
function share(app: Application, Model: SharedModel): void {
  const remotes = app.remotes()
  const { sharedClass } = Model
  remotes.addClass(sharedClass)
  const runtime = runtimeOf(Model)
  remotes.defineTypeSchema(Model.modelName, () => runtime.jsonSchema)
  runtime.on('changed', () => remotes.invalidateType(Model.modelName))
  const visibility = visibilityOf(app, Model)
  applySharedMethods(sharedClass, visibility)
  if (Object.keys(visibility).length > 0) {
    const apply = () => applySharedMethods(sharedClass, visibilityOf(app, Model))
    runtime.on('changed', apply)
    Model.on('remoteMethodAdded', apply)
  }
  app.emit('modelRemoted', sharedClass)
}

function visibilityOf(app: Application, Model: SharedModel): SharedMethods {
  const whole = (app.get('remoting') as { sharedMethods?: SharedMethods } | undefined)?.sharedMethods
  const { remoting, expose } = Model.settings as { remoting?: { sharedMethods?: SharedMethods }; expose?: unknown }
  return { ...whole, ...(expose !== undefined && onlyExposed(Model.modelName, expose)), ...remoting?.sharedMethods }
}
