import { RemoteObjects, RestClient, tokenIn, type Connection, type SharedClass, type SharedMethod } from '@reloop/remoting'
import { legacyFunction } from './legacy'

/** A class of models, as far as its methods are concerned. */
export interface ModelClass {
  readonly name: string
  readonly modelName?: string
  readonly prototype: object
  readonly sharedClass?: SharedClass
  on?(event: 'remoteMethodAdded', listener: () => void): unknown
}

/** How calls are sent. */
export interface ResolveOptions {
  readonly connection: Connection
  /** Path of the class on the other server. @default that of the shared class */
  readonly path?: string
  /** Whether `options.accessToken` of a call is sent as `Authorization`. */
  readonly passAccessToken: boolean
}

/** What rows are read and written by: these stay what the data layer made them. */
const ofRows = new Set(
  [
    ['create', 'createMany', 'find', 'findById', 'findOne', 'findOrCreate', 'exists', 'count', 'all', 'stream', 'aggregate', 'distinct'],
    ['update', 'updateAll', 'updateOrCreate', 'upsert', 'upsertWithWhere', 'patchOrCreate', 'patchOrCreateWithWhere', 'save'],
    ['replaceById', 'replaceOrCreate', 'deleteById', 'destroyById', 'removeById', 'deleteAll', 'destroyAll', 'remove'],
    ['changes', 'diff', 'checkpoint', 'currentCheckpoint', 'createUpdates', 'bulkUpdate', 'rectifyAllChanges', 'createChangeStream'],
    ['findLastChange', 'updateLastChange', 'replicate'],
    ['updateAttributes', 'patchAttributes', 'updateAttribute', 'replaceAttributes', 'destroy', 'delete', 'reload'].map(
      (name) => `prototype.${name}`,
    ),
  ].flat(),
)

/**
 * Puts calls of the other server in the place of a model's own shared methods: custom ones, those of instances and those of relations.
 * What reads and writes rows stays. Methods that are shared later are replaced when they are.
 *
 * @param Model the class, with its `sharedClass`
 * @param options where calls go
 */
export function resolveMethods(Model: ModelClass, options: ResolveOptions): void {
  const { sharedClass } = Model
  if (!sharedClass) return
  const client = clientOf(sharedClass, options)
  const replace = () => {
    for (const method of sharedClass.methods()) {
      if (ofRows.has(method.fullName) || method.isSharedCtor) continue
      const holder = method.isStatic ? Model : Model.prototype
      Object.defineProperty(holder, method.name, { value: remoteFunction(method, client, options), writable: true, configurable: true })
    }
  }
  replace()
  Model.on?.('remoteMethodAdded', replace)
}

/** The client of the class as it is now. */
function clientOf(sharedClass: SharedClass, { connection, path }: ResolveOptions): () => RestClient {
  let version = -1
  let client: RestClient
  return () => {
    if (version === sharedClass.version) return client
    version = sharedClass.version
    const remotes = RemoteObjects.create()
    remotes.addClass(sharedClass)
    const classes = remotes.contract().classes.map((described) => (path === undefined ? described : { ...described, path }))
    return (client = new RestClient({ classes }, connection))
  }
}

function remoteFunction(method: SharedMethod, client: () => RestClient, { passAccessToken }: ResolveOptions): Function {
  return legacyFunction(async (scope, given) => {
    const token = passAccessToken ? tokenIn(given) : undefined
    const own = Object.fromEntries(method.accepts.map(({ arg }, index) => [arg, given[index]]))
    const args = method.isStatic ? own : { ...keyOf(scope, method), ...own }
    return client().call(method.stringName, args, token === undefined ? {} : { headers: { authorization: token } })
  })
}

/** What the constructor of an instance is called with: its members of the same names. */
function keyOf(instance: unknown, { sharedCtor }: SharedMethod): Record<string, unknown> {
  const names = sharedCtor ? sharedCtor.accepts.map(({ arg }) => arg) : ['id']
  return Object.fromEntries(names.map((name) => [name, (instance as Record<string, unknown>)[name]]))
}
