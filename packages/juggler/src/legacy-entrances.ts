import { inherits as nodeInherits } from 'node:util'
import { persistedPrototype, persistedStatics } from './legacy'
import { observerMethods } from './hooks/legacy-observe'
import { Observers } from './hooks/observers'
import { relationStatics } from './relations/definers'
import { scopeStatics } from './relations/legacy-scope'

/*
 * What stands behind the deep paths of loopback-datasource-juggler (`lib/dao`, `lib/observer`, …) in its alias packages. What a program mixes
 * into classes of its own works; what it changes here has no effect on models.
 */

export { utils } from './legacy-utils'
export { MixinRegistry as MixinProvider } from './model/mixins'

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

/** `lib/relation-definition`: the names of the types of relations; the classes behind them are not the interface of anything here. */
export const relationDefinition = Object.freeze({
  RelationTypes: Object.freeze(Object.fromEntries(Object.keys(relationStatics).map((type) => [type, type]))),
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
