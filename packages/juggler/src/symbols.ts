/** The hidden slot of model classes and of their prototypes: their runtime. */
export const kModel = Symbol.for('@reloop/model')
/** Key of `options` under which a guard may stand: asked once for every entity that a call touches. */
export const kGuard = Symbol.for('@reloop/guard')

/** Slots of an instance. */
export const kData = Symbol.for('@reloop/data')
/** Whether the data of an instance is its own, or still the read-only row of a connector. */
export const kOwned = Symbol.for('@reloop/owned')
export const kPersisted = Symbol.for('@reloop/persisted')
/** What few instances have: cached relations, errors, own strictness. */
export const kExtra = Symbol.for('@reloop/extra')
