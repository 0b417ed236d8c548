import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { currentContext, errors, makeContext, runInContext, type CurrentContext, type Registry, type SharedModel } from '@reloop/core'
import type { DataSource } from '@reloop/juggler'

/** What LoopBack 2 had and LoopBack 3 has not any more. */
export interface LegacyStatics {
  /** The context of the present request; null outside of one. LoopBack 3: throws. */
  getCurrentContext(): CurrentContext | null
  createContext(): CurrentContext
  runInContext<T>(run: (context: CurrentContext) => T, context?: CurrentContext): T
  /** LB2: data sources by the kind of model that is attached to them by `autoAttach`. */
  readonly defaultDataSources: Record<string, DataSource>
  setDefaultDataSourceForType(type: string, source: DataSource | Record<string, unknown>): DataSource
  getDefaultDataSourceForType(type: string): DataSource | undefined
  /** LB2: attaches every model that names a kind (`autoAttach`) and has no data source. */
  autoAttach(): void
  autoAttachModel(Model: SharedModel): void
  /** Compiles a template of EJS; needs the package `ejs`. */
  template(file: string): (data?: object) => string
}

/** Members of Express 3, and the packages that came after them. */
const successors: Readonly<Record<string, string>> = {
  bodyParser: 'body-parser',
  json: 'body-parser#json',
  urlencoded: 'body-parser#urlencoded',
  compress: 'compression',
  timeout: 'connect-timeout',
  cookieParser: 'cookie-parser',
  cookieSession: 'cookie-session',
  csrf: 'csurf',
  session: 'express-session',
  methodOverride: 'method-override',
  logger: 'morgan',
  responseTime: 'response-time',
  directory: 'serve-index',
  vhost: 'vhost',
}

/** What belongs to LoopBack 2 only. */
export function legacyStatics(registry: () => Registry): LegacyStatics {
  const sources = Object.create(null) as Record<string, DataSource>
  const templates = new Map<string, (data?: object) => string>()
  const contextIn2 = () => {
    if (registry().profile === '3.x')
      throw errors.APP_MIDDLEWARE_REMOVED({ name: 'loopback.getCurrentContext', instead: 'the argument "options" of methods' })
  }
  const statics: LegacyStatics = {
    getCurrentContext() {
      contextIn2()
      return currentContext()
    },
    createContext() {
      contextIn2()
      return makeContext()
    },
    runInContext(run, context) {
      contextIn2()
      return runInContext(run, context)
    },
    defaultDataSources: sources,
    setDefaultDataSourceForType(type, given) {
      const isSource = typeof (given as { attach?: unknown }).attach === 'function'
      return (sources[type] = isSource ? (given as DataSource) : registry().createDataSource(given as Record<string, unknown>))
    },
    getDefaultDataSourceForType: (type) => sources[type],
    autoAttach() {
      for (const Model of Object.values(registry().modelBuilder.models) as SharedModel[]) statics.autoAttachModel(Model)
    },
    autoAttachModel(Model) {
      const kind = (Model as { autoAttach?: unknown }).autoAttach
      if (typeof kind !== 'string' || Model.dataSource) return
      const source = sources[kind]
      if (!source) throw errors.APP_DATASOURCE_DEFAULT_MISSING({ model: Model.modelName, type: kind })
      source.attach(Model)
    },
    template(file) {
      const known = templates.get(file)
      if (known) return known
      const made = fromEjs(file)
      templates.set(file, made)
      return made
    },
  }
  for (const [name, reference] of Object.entries(successors)) {
    Object.defineProperty(statics, name, {
      enumerable: false,
      get: () => (registry().profile === '2.x' ? successorOf(name, reference) : undefined),
    })
  }
  return statics
}

/** A package of the application's own. */
function applicationsOwn(name: string): unknown {
  try {
    return createRequire(join(process.cwd(), 'noop.js'))(name)
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'MODULE_NOT_FOUND') throw cause
    throw errors.APP_PEER_MISSING({ name }, { cause })
  }
}

function successorOf(name: string, reference: string): unknown {
  const [module, member] = reference.split('#') as [string, string | undefined]
  process.emitWarning(`loopback.${name} is deprecated: require "${module}" in its place.`, 'DeprecationWarning')
  const found = applicationsOwn(module) as Readonly<Record<string, unknown>>
  return member === undefined ? found : found[member]
}

function fromEjs(file: string): (data?: object) => string {
  const ejs = applicationsOwn('ejs') as { compile(text: string, options: object): (data?: object) => string }
  return ejs.compile(readFileSync(file, 'utf8'), { filename: file })
}
