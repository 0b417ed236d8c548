import { defineFlags } from '@reloop/compat'

/** Where profiles differ in the data layer. A data source or builder asks once, when it is made. */
export const flags = defineFlags('juggler', {
  autoForceId: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'A model whose id is generated refuses ids given to create, unless forceId is false.',
  },
  strictDrops: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: '`strict: true` drops unknown properties silently instead of failing validation.',
  },
  strictThrows: {
    modern: true,
    '3.x': false,
    '2.x': true,
    about: "`strict: 'throw'` throws for an unknown property; in 3.x it fails validation.",
  },
  keepInvalid: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A value that its type cannot hold is kept as given and fails validation, instead of becoming NaN or a throw.',
  },
  refuseUnknown: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Unknown properties of closed models are refused in where, order and fields.',
  },
  refuseBadValues: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A value in a where that is not of the type of its property is refused with 400.',
  },
  combineOperators: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'All operators on one property count; else the first in a fixed order does.',
  },
  pageOfHundred: { modern: false, '3.x': true, '2.x': true, about: 'limit is 100 when only skip or offset is given.' },
  undefinedWhere: {
    modern: 'refuse',
    '3.x': 'widen',
    '2.x': 'widen',
    about: 'updateAll and destroyAll with a where whose values are all undefined are refused, or reach every row.',
  },
  defaultsOnReads: { modern: false, '3.x': true, '2.x': true, about: 'Rows read from the store get default values for what they lack.' },
  loadedInstance: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'The loaded hook of find gets ctx.instance, after building, instead of ctx.data.',
  },
  upsertWarns: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'upsert with invalid data is written after a warning when validateUpsert is not set.',
  },
  hooksBeforeLooking: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'upsertWithWhere and findOrCreate run their save hooks and validate before they look for the row, in memory (and MongoDB).',
  },
  upsertCreatesForced: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'upsert with an id that nobody has creates a row also where ids are only given by the store, instead of answering 404.',
  },
  keepInvalidDates: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'A date that is none is kept and fails validation, instead of throwing when it is assigned.',
  },
  emptyInclude: {
    modern: 'null',
    '3.x': 'absent',
    '2.x': 'absent',
    about: 'An included belongsTo or hasOne that leads to nobody is null, or not there.',
  },
  undefinedIsNull: { modern: false, '3.x': false, '2.x': true, about: 'Validations count undefined as null (kind null) instead of blank.' },
  plainMessages: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A text given as `message` counts for length, numericality, null and blank failures too.',
  },
  inheritValidations: { modern: true, '3.x': false, '2.x': false, about: 'A subclass keeps the validations of its base.' },
  modelEvents: { modern: false, '3.x': false, '2.x': true, about: 'Classes emit changed, deleted and deletedAll.' },
  saveRecreates: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'save() of a row that is gone writes it again instead of answering 404.',
  },
  dotInNames: { modern: 'throw', '3.x': 'throw', '2.x': 'warn', about: 'A dot in a property name throws or warns.' },
  unknownMixin: { modern: 'throw', '3.x': 'throw', '2.x': 'ignore', about: 'A mixin that nobody defined throws or is ignored.' },
  keepOwnStatics: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A static that a class defined before it was attached is not replaced by the one of the data source.',
  },
  inheritPlural: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'A subclass inherits the custom plural and http.path of its base, and so shares its REST path.',
  },
  createReturnsInstance: { modern: false, '3.x': false, '2.x': true, about: 'create with a callback also returns the unsaved instance.' },
})

export type JugglerFlags = ReturnType<(typeof flags)['of']>
