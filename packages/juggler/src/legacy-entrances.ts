import { inherits as nodeInherits } from 'node:util'
import { persistedPrototype, persistedStatics } from './legacy'
import { observerMethods } from './hooks/legacy-observe'
import { Observers } from './hooks/observers'
import { Memory } from './data-source/legacy-memory'
import { resolveConnector } from './data-source/resolve'
import { ModelBuilderCore } from './model/registry'
import { relationStatics } from './relations/definers'
import { scopeStatics } from './relations/legacy-scope'
import { Any, Json, Text } from './value/markers'

/*
 * What stands behind the deep paths of loopback-datasource-juggler (`lib/dao`, `lib/observer`, …) in its alias packages. What a program mixes
 * into classes of its own works; what it changes here has no effect on models.
 */

export { utils } from './legacy-utils'
export { MixinRegistry as MixinProvider } from './model/mixins'
export { relationDefinition } from './relations/legacy-classes'

type Class = (abstract new (...args: never[]) => object) & { readonly prototype: object }

/** Makes a function with these statics, and members on its prototype. */
function mixinOf(name: string, statics: object, prototype: object = {}): Function {
  const made = Object.defineProperty(function () {}, 'name', { value: name })
  Object.assign(made, statics)
  Object.assign(made.prototype as object, prototype)
  return made
}

/** `lib/dao`: statics and instance methods of models over rows. */
export const DataAccessObject = mixinOf('DataAccessObject', persistedStatics, persistedPrototype)

/** `lib/relations`: the statics that define relations. */
export const RelationMixin = mixinOf('RelationMixin', relationStatics)

/** `lib/include`: the static that loads relations into instances. */
export const Inclusion = mixinOf('Inclusion', { include: persistedStatics.include })

/** `lib/hooks`: the names of the deprecated hooks of models, which are set by whoever wants them. */
export const Hookable = mixinOf(
  'Hookable',
  Object.fromEntries(
    [
      'afterInitialize',
      ...['Validate', 'Save', 'Create', 'Update', 'Destroy'].flatMap((action) => [`before${action}`, `after${action}`]),
    ].map((name) => [name, null]),
  ),
)

/** `lib/scope`. */
export const scope = Object.freeze({
  defineScope: (Model: Class, target: unknown, name: string, filter?: unknown, methods?: unknown, options?: unknown): unknown =>
    (scopeStatics.scope as (...args: unknown[]) => unknown).call(Model, name, filter, target, methods, options),
})

/** `lib/types`: puts the types that are named in definitions on a class. */
export const types = Object.assign(function Types(target: object): void {
  Object.assign(target, schemaTypes())
}, schemaTypes())

function schemaTypes() {
  return { Types: {}, Text, JSON: Json, Any, schemaTypes: ModelBuilderCore.schemaTypes, registerType: ModelBuilderCore.registerType }
}

/** `lib/connectors/memory`: our connector for those who hand it to a data source, and the class of LoopBack's kind for those who extend it. */
export const memory = Object.freeze({
  get connector(): unknown {
    const found = resolveConnector('memory')
    return 'definition' in found ? found.definition : undefined
  },
  Memory,
  initialize(dataSource: { settings: object; connector?: unknown }, callback?: (error?: unknown) => void): void {
    const connector = new Memory(null, { ...dataSource.settings })
    dataSource.connector = connector
    connector.dataSource = dataSource
    connector.connect(callback)
  },
})

const observers = new WeakMap<object, Observers>()

function ownObservers(self: object): Observers {
  const own = observers.get(self) ?? new Observers()
  observers.set(self, own)
  return own
}

/** `lib/observer`: methods to mix into any class or object; whoever inherits from it has its hooks too. */
export const ObserverMixin = Object.freeze(
  observerMethods((self) => ({
    own: ownObservers(self as object),
    all(operation) {
      const chain: Observers[] = []
      for (let at = self as object | null; at !== null; at = Object.getPrototypeOf(at) as object | null)
        if (observers.has(at)) chain.unshift(observers.get(at)!)
      return chain.flatMap((one) => one.of(operation))
    },
  })),
)

interface MixinOptions {
  readonly staticProperties?: boolean
  readonly instanceProperties?: boolean
  readonly override?: boolean
}

/** `lib/jutil`: inheritance, and copying members from class to class. */
export const jutil = Object.freeze({
  inherits(Target: Class, Base: Class, options: MixinOptions = {}): void {
    nodeInherits(Target, Base)
    if (options.staticProperties !== false) copy(Base, Target, options.override === true)
  },
  mixin(Target: Class, Mixin: Class, options: MixinOptions = {}): void {
    const override = options.override === true
    if (options.staticProperties !== false) copy(Mixin, Target, override)
    if (options.instanceProperties !== false) copy(Mixin.prototype, Target.prototype, override)
  },
})

function copy(from: object, to: object, override: boolean): void {
  for (const key of Object.keys(from)) {
    if (['_super', 'super_', '__proto__'].includes(key) || (!override && Object.hasOwn(to, key))) continue
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key)!)
  }
}
