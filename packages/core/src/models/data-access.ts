import { DataSource, ModelBuilder } from '@reloop/juggler'

/** The functions that the data layer puts on every stored model: remoting knows by them whether a user has replaced one. */
export interface DataAccess {
  readonly statics: Readonly<Record<string, Function>>
  readonly prototype: Readonly<Record<string, Function>>
}

let known: DataAccess | undefined

/** Reads the functions off a model that is attached to a store of nothing; once per process. */
export function dataAccess(): DataAccess {
  if (known) return known
  const builder = new ModelBuilder()
  const Probe = builder.define('Probe')
  const before = { statics: new Set(Object.keys(Probe)), prototype: new Set(Object.keys(Probe.prototype)) }
  new DataSource({ name: 'probe', connector: nothing, lazyConnect: true }, builder).attach(Probe)
  known = Object.freeze({ statics: functionsOf(Probe, before.statics), prototype: functionsOf(Probe.prototype, before.prototype) })
  return known
}

/** A connector that holds nothing and is never asked. */
const nothing = {
  name: 'nothing',
  capabilities: {},
  connect: async () => undefined,
  disconnect: async () => undefined,
  ping: async () => undefined,
}

function functionsOf(holder: object, before: ReadonlySet<string>): Readonly<Record<string, Function>> {
  const found: Record<string, Function> = {}
  for (const name of Object.keys(holder)) {
    const value: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value
    if (typeof value === 'function' && !before.has(name)) found[name] = value
  }
  return Object.freeze(found)
}
