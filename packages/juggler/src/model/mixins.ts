import { errors } from '../errors'
import { softDelete } from '../mixins/legacy-soft-delete'
import { timeStamps } from '../mixins/time-stamps'
import { isPlainObject } from '../value/plain'
import { applyTo, type Mixin } from './mixin-apply'
import type { ModelBuilderCore } from './registry'
import type { ModelRuntime } from './runtime'
import type { ModelConstructor } from './types'

/** Mixins that every builder has; one of the same name that is registered, or a model, comes first. */
const builtIn: ReadonlyMap<string, Mixin> = new Map<string, Mixin>([
  ['TimeStamps', timeStamps],
  ['SoftDelete', softDelete],
])

/** The mixins that a builder knows by name. */
export class MixinRegistry {
  readonly #mixins = new Map<string, Mixin>()
  readonly #builder: ModelBuilderCore

  constructor(builder: ModelBuilderCore) {
    this.#builder = builder
  }

  /** Registers a mixin; an earlier one of that name is replaced. */
  define(name: string, mixin: Mixin): void {
    this.#mixins.set(name, mixin)
  }

  getMixin(name: string): Mixin | undefined {
    return this.#mixins.get(name)
  }

  /** Applies a mixin to a class. */
  applyMixin(Model: ModelConstructor, name: string, options: unknown): void {
    const mixin = this.#mixins.get(name) ?? this.#builder.getModel(name) ?? builtIn.get(name)
    if (!mixin) {
      if (this.#builder.flags.unknownMixin === 'throw') throw errors.MIXIN_NOT_FOUND({ model: Model.modelName, mixin: name })
      return
    }
    applyTo(Model, mixin, options)
  }
}

/** Applies the mixins of a model's settings: at once when it is attached, else when it is. */
export function installMixins(model: ModelRuntime): void {
  const mixins = model.settings.mixins
  if (!isPlainObject(mixins)) return
  const apply = () => {
    for (const [name, options] of Object.entries(mixins))
      if (options) model.builder.mixins.applyMixin(model.ctor, name, options === true ? {} : options)
  }
  if (model.dataSource) apply()
  else (model.ctor.once as (event: string, listener: () => void) => void)('dataSourceAttached', apply)
}
