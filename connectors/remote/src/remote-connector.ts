import {
  capabilities,
  chunk,
  compare,
  errors as shared,
  plainCall,
  type Call,
  type Change,
  type CrudConnector,
  type Entity,
  type InvokingConnector,
  type Query,
  type Row,
  type Where,
} from '@reloop/connector'
import { connectionOf, RestClient, tokenIn, type Connection } from '@reloop/remoting'
import { contractOf } from './contract-of'
import { errors } from './errors'
import { rowReader } from './read-row'
import { resolveMethods, type ModelClass } from './resolve-methods'
import type { RemoteSettings } from './settings'
import { writeWhere } from './write-where'

/** Conditions travel in URLs, which hold 16 kB; longer lists of values are sent in chunks. */
const abilities = capabilities({ generatedIds: 'number', not: false, keyset: false, open: true, maxValues: 100 })

/** Records that are removed at a time. */
const together = 10

interface Known {
  readonly client: RestClient
  readonly read: (row: Row) => Row
}

/** Models of another server as rows: every verb is a call of its REST API. */
class RemoteConnector implements CrudConnector, InvokingConnector {
  readonly name = 'remote'
  readonly capabilities = abilities
  readonly #connection: Connection
  readonly #patience: number
  readonly #passAccessToken: boolean
  readonly #paths = new Map<string, string>()
  readonly #known = new WeakMap<Entity, Known>()

  constructor({ url, bearer, headers, timeout = 30_000, retries, ...further }: RemoteSettings) {
    const auth = bearer === undefined ? undefined : { bearer }
    this.#connection = connectionOf(url, { auth, headers, timeout, retries })
    this.#patience = further.connectionTimeout ?? 5000
    this.#passAccessToken = further.passAccessToken === true
  }

  /** Remembers where the models of the other server are. */
  define(entity: Entity): void {
    this.#paths.set(entity.name, contractOf(entity).path)
  }

  /** See `resolve`; the data layer tells of every class that is given this store. */
  attached(Model: Function): void {
    this.resolve(Model)
  }

  /**
   * Makes a model's own shared methods (custom ones, those of instances and of relations) calls of the other server.
   *
   * @param Model class with a `sharedClass` that shares the methods as the other server does
   */
  resolve(Model: ModelClass): void {
    const path = this.#paths.get(Model.modelName ?? Model.name)
    resolveMethods(Model, { connection: this.#connection, path, passAccessToken: this.#passAccessToken })
  }

  connect(): Promise<void> {
    return this.ping()
  }

  /** Connections are those of fetch, which closes them by itself. */
  disconnect(): void {}

  /** Any answer will do, a refusal as well: the server is there. */
  async ping(): Promise<void> {
    const { base, fetch, headers } = this.#connection
    try {
      const response = await fetch(base, { method: 'HEAD', headers, signal: AbortSignal.timeout(this.#patience), redirect: 'manual' })
      await response.body?.cancel()
    } catch (cause) {
      throw this.#unreachable(cause)
    }
  }

  async find({ entity, query }: { readonly entity: Entity; readonly query: Query }, call: Call): Promise<readonly Row[]> {
    const { columns, limit, skip, order } = query
    const filter = {
      where: query.where && writeWhere(entity, query.where),
      order: order?.map(({ path, direction }) => `${path.join('.')} ${direction}`),
      limit,
      skip,
      fields: columns && [...new Set([...entity.ids.map(({ name }) => name), ...columns])],
    }
    if (limit === 0) return []
    const rows = (await this.#call(entity, 'find', { args: { filter }, call })) as readonly Row[]
    return rows.map(this.#of(entity).read)
  }

  async count({ entity, where }: { readonly entity: Entity; readonly where?: Where }, call: Call): Promise<number> {
    return countIn(await this.#call(entity, 'count', { args: { where: writeWhere(entity, where) }, call }))
  }

  async insert({ entity, rows }: { readonly entity: Entity; readonly rows: readonly Row[] }, call: Call): Promise<readonly Row[]> {
    if (rows.length === 0) return []
    const made = await this.#call(entity, 'create', { args: { data: rows.length === 1 ? rows[0] : rows }, call })
    return (Array.isArray(made) ? (made as readonly Row[]) : [made as Row]).map(this.#of(entity).read)
  }

  async update(
    {
      entity,
      where,
      change,
      returning,
    }: { readonly entity: Entity; readonly where?: Where; readonly change: Change; readonly returning?: boolean },
    call: Call,
  ): Promise<{ readonly count: number; readonly rows?: readonly Row[] }> {
    const { set, ...further } = change
    if (Object.keys(further).length > 0) {
      throw shared.CONNECTOR_NOT_SUPPORTED({ connector: 'remote', what: `the change ${Object.keys(further).join(', ')}` })
    }
    const ids = returning ? await this.#ids(entity, where, call) : undefined
    const count = countIn(await this.#call(entity, 'updateAll', { args: { where: writeWhere(entity, where), data: set ?? {} }, call }))
    if (!ids) return { count }
    const rows = await Promise.all(
      chunk(ids, abilities.maxValues).map((some) => this.find({ entity, query: { where: among(entity, some) } }, call)),
    )
    return { count, rows: rows.flat() }
  }

  /** LoopBack's API removes one record at a time. */
  async remove({ entity, where }: { readonly entity: Entity; readonly where?: Where }, call: Call): Promise<number> {
    let count = 0
    for (const some of chunk(await this.#ids(entity, where, call), together)) {
      const counts = await Promise.all(some.map((id) => this.#call(entity, 'deleteById', { args: { id }, call })))
      count += counts.map(countIn).reduce((sum, one) => sum + one, 0)
    }
    return count
  }

  /** Calls a method that replicates: `changes`, `diff`, `bulkUpdate` … */
  invoke(
    { entity, method, args }: { readonly entity: Entity; readonly method: string; readonly args: Readonly<Record<string, unknown>> },
    call: Call,
  ): Promise<unknown> {
    return this.#call(entity, method, { args, call })
  }

  async #ids(entity: Entity, where: Where | undefined, call: Call): Promise<readonly unknown[]> {
    const id = soleId(entity)
    const rows = await this.find({ entity, query: { where, columns: [id] } }, call)
    return rows.map((row) => row[id])
  }

  async #call(
    entity: Entity,
    name: string,
    { args, call = plainCall }: { readonly args: Readonly<Record<string, unknown>>; readonly call?: Call },
  ): Promise<unknown> {
    const token = this.#passAccessToken ? tokenIn([call.options]) : undefined
    const headers = token === undefined ? undefined : { authorization: token }
    try {
      return await this.#of(entity).client.call(`${entity.name}.${name}`, args, { signal: call.signal, headers })
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (code === 'CLIENT_UNREACHABLE') throw this.#unreachable(error)
      throw code === 'CLIENT_TIMEOUT' ? shared.QUERY_TIMEOUT({ milliseconds: this.#connection.timeout }, { cause: error }) : error
    }
  }

  #of(entity: Entity): Known {
    const known = this.#known.get(entity)
    if (known) return known
    const made = { client: new RestClient({ classes: [contractOf(entity)] }, this.#connection), read: rowReader(entity) }
    this.#known.set(entity, made)
    return made
  }

  #unreachable(cause: unknown) {
    const { message, cause: inner } = cause as Error & { cause?: { code?: string } }
    return shared.CONNECTOR_UNREACHABLE({ connector: 'remote', address: this.#connection.host, reason: inner?.code ?? message }, { cause })
  }
}

function soleId(entity: Entity): string {
  if (entity.ids.length !== 1) throw errors.REMOTE_KEY_UNSUPPORTED({ model: entity.name })
  return entity.ids[0]!.name
}

function among(entity: Entity, ids: readonly unknown[]): Where {
  return compare(soleId(entity), 'inq', ids)
}

function countIn(result: unknown): number {
  return (result as { count?: number } | undefined)?.count ?? 0
}

/**
 * Makes a store of the models of another server.
 *
 * @param settings `url` of its API, and how to talk to it
 * @throws TypeError for anything but an http or https URL; from calls: CONNECTOR_UNREACHABLE, QUERY_TIMEOUT, and what the server replies
 * @example
 * const store = createRemoteConnector({ url: 'http://localhost:3000/api' })
 * await store.find({ entity: product, query: { limit: 10 } }, plainCall)
 */
export function createRemoteConnector(settings: RemoteSettings): RemoteConnector {
  return new RemoteConnector(settings)
}

export type { RemoteConnector }
