import { acceptCallback, type UserFunction } from '@reloop/callback'
import { plainCall, type Call, type Connector } from '@reloop/connector'
import { noOptions, type JugglerOptions } from '../../model/options'
import type { DataSourceCore } from '../core'
import { connectorObservers } from '../legacy-connector/legacy-observers'
import { namesOf } from './names'
import { rowsOf } from './rows'

type Method = (...args: unknown[]) => unknown
type Shown = Connector & Record<string, unknown>

/**
 * Gives a connector of ours the members that code written for LoopBack calls on `dataSource.connector`: `execute(sql, values, callback)`,
 * `all(model, filter, callback)` and the other verbs by the name of a model, `tableEscaped`, `columnEscaped`, `getTypes`, `observe`, ….
 *
 * They stand behind its own members, which nothing here replaces but for four names that both have: `find`, `count`, `update` and
 * `execute` tell by their arguments which one is meant.
 *
 * @param source the data source that the connector serves; it knows the models
 * @param connector as its definition made it
 * @returns the connector itself, or where it can not be extended one that calls it
 */
export function withLegacyMembers(source: DataSourceCore, connector: Connector): Connector {
  const shown = (Object.isExtensible(connector) ? connector : reopened(connector)) as Shown
  if (shown._models !== undefined) return shown
  const rows = 'insert' in shown ? withCallbacks(rowsOf(source, connector)) : {}
  const run = observed(shown, connector)
  const executing = connector.execute && executeMethods(source, run)
  // On a prototype, so that the connector itself stays an object of few properties, which engines like.
  const behind = Object.create(Object.getPrototypeOf(shown) as object) as object
  for (const members of [namesOf(source, shown), rows, executing ?? {}, connectorObservers()])
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members)))
      if (!(name in shown)) Object.defineProperty(behind, name, { ...descriptor, enumerable: false, configurable: true })
  Object.setPrototypeOf(shown, behind)
  for (const name of ['find', 'count', 'update'])
    if (rows[name] && connector[name as keyof Connector]) tellApart(shown, { connector, name, old: rows[name] })
  if (executing) {
    const { execute } = executing
    replace(shown, 'execute', (command: unknown, parameters: unknown, call: unknown, ...more: unknown[]) =>
      isCall(call) && more.length === 0
        ? run(command, parameters as readonly unknown[], call)
        : execute.call(shown, command, parameters, call, ...more),
    )
  }
  return shown
}

/** An object with everything that a frozen connector has. */
function reopened(connector: Connector): object {
  const members = Object.create(null) as PropertyDescriptorMap
  for (let at: object = connector; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (!(name in members) && name !== 'constructor') members[name] = handed(connector, name, descriptor)
  return Object.defineProperties({}, members)
}

function handed(connector: Connector, name: string, { value, get, enumerable }: PropertyDescriptor): PropertyDescriptor {
  if (get) return { get: () => connector[name as keyof Connector], enumerable, configurable: true }
  const member: unknown = typeof value === 'function' ? (value as Method).bind(connector) : value
  return { value: member, enumerable, writable: true, configurable: true }
}

function withCallbacks(methods: ReturnType<typeof rowsOf>): Record<string, Method> {
  const callable = Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, acceptCallback(method as never) as Method]))
  const count = callable.count!
  // The callback stood before the condition in connectors without options.
  callable.count = function (this: unknown, name, where, ...more) {
    return typeof where === 'function' ? count.call(this, name, more[0] ?? {}, where) : count.call(this, name, where, ...more)
  }
  return callable
}

type Run = (command: unknown, parameters: readonly unknown[], call: Call) => Promise<unknown>

/** The connector's own `execute` between its `before execute` and `after execute` hooks, which may change `req` or answer themselves. */
function observed(shown: Shown, connector: Connector): Run {
  return (sql, params, call) =>
    new Promise((resolve, reject) => {
      const context = { req: { sql, params }, options: call.options, hookState: {} }
      const work: UserFunction = ({ req }: typeof context, done: Method) => {
        connector.execute!(req.sql, req.params, call).then((value) => done(null, value), done)
      }
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the hook gave
      const answer: Method = (error, value) => (error ? reject(error) : resolve(value))
      ;(shown.notifyObserversAround as Method).call(shown, 'execute', context, work, answer)
    })
}

/** `execute(command, parameters?, options?, callback)` under its three names. */
function executeMethods(source: DataSourceCore, run: Run): Record<'execute' | 'query' | 'command', Method> {
  const execute = acceptCallback(async (command: unknown, parameters: unknown = [], options: JugglerOptions = noOptions) => {
    await source.whenConnected()
    const values: readonly unknown[] = Array.isArray(parameters) ? parameters : [parameters]
    return run(command, values, source.callFor(options))
  }) as Method
  return { execute, query: execute, command: execute }
}

interface Sides {
  readonly connector: Connector
  readonly name: string
  readonly old: Method
}

/** A name that both sides have: LoopBack's method takes the name of a model first, ours what is asked of an entity. */
function tellApart(shown: Shown, { connector, name, old }: Sides): void {
  const own = (connector as Shown)[name] as Method
  replace(shown, name, (at: unknown, call: unknown, ...more: unknown[]) =>
    typeof at === 'string' ? old.call(shown, at, call, ...more) : own.call(connector, at, call),
  )
}

function replace(shown: Shown, name: string, value: Method): void {
  Object.defineProperty(shown, name, { value, writable: true, configurable: true, enumerable: true })
}

/** What accompanies a call of ours always has options inside. */
function isCall(value: unknown): value is Call {
  return value === plainCall || (typeof value === 'object' && value !== null && typeof (value as Partial<Call>).options === 'object')
}
