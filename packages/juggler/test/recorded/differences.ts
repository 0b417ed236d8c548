export type Profile = '2.x' | '3.x' | 'modern'

/** Steps whose answers differ from the original's on purpose, and in which profiles; each is a row of docs/migration/quirks.md. */
export interface Difference {
  /** What the original does. */
  readonly quirk: string
  /** Why it is done otherwise, or the flag that decides. */
  readonly reason: string
  readonly steps: Readonly<Record<string, readonly Profile[]>>
}

const all: readonly Profile[] = ['3.x', '2.x', 'modern']
const sinceThree: readonly Profile[] = ['3.x', 'modern']
const two: readonly Profile[] = ['2.x']
const modern: readonly Profile[] = ['modern']
const twoAndModern: readonly Profile[] = ['2.x', 'modern']

export const differences: readonly Difference[] = [
  {
    quirk: '`find` and `findOne` normalize and coerce the caller’s filter in place; `replaceById` writes the id into the caller’s data, `save` its defaults into the caller’s options',
    reason: 'a caller’s object is the caller’s',
    steps: {
      'read: findOne changes the filter given': all,
      'read: find changes the filter given': all,
      'write: replaceById keeps the caller’s data': all,
      'instance: save keeps the caller’s options': all,
      'hooks: save': all,
    },
  },
  {
    quirk: '`ctx.query` of an access hook holds `limit`, `offset` and `skip` that nobody asked for',
    reason: 'the query is normalized after the hooks',
    steps: {
      'hooks: findOne': all,
      'hooks: findById': all,
      'hooks: reload': all,
      'hooks: findOrCreate found': all,
      'hooks: findOrCreate new': all,
    },
  },
  {
    quirk: 'A wrong argument throws an assertion, or is accepted and means something else',
    reason: 'an error must name what was expected',
    steps: {
      'create: with a text': all,
      'read: find with a text': all,
      'read: findById without an id': all,
      'read: findById with undefined': all,
      'read: findById with null': all,
      'read: exists without an id': all,
      'read: count with a text': all,
      'write: updateOrCreate with no data': all,
      'write: destroyAll with a text': all,
      'write: destroyById without an id': all,
      'instance: updateAttributes of a new instance': all,
      'filter: fields: a number': all,
      'value: GeoPoint forms': all,
      'definition: a dot in a property name': sinceThree,
      'definition: without a name': two,
    },
  },
  {
    quirk: '`create` with a callback returns something (`true` in 3.x)',
    reason: '`createReturnsInstance`',
    steps: {
      'create: returns something with a callback': all,
    },
  },
  {
    quirk: 'The id of a saved instance is an own, frozen property: assigning throws in strict mode',
    reason: 'ids live in one hidden slot',
    steps: {
      'create: the id is read only afterwards': all,
      'instance: own and inherited members': all,
    },
  },
  {
    quirk: 'The memory connector numbers generated text ids on from refused inserts',
    reason: 'no contract',
    steps: {
      'create: a text id': all,
    },
  },
  {
    quirk: 'An own key `__proto__` in data replaces the prototype of the instance',
    reason: 'prototype pollution',
    steps: {
      'create: drops an own key __proto__': all,
    },
  },
  {
    quirk: '`findByIds` with texts for number ids gives up the order of the ids',
    reason: 'ids are compared as the store does',
    steps: {
      'read: findByIds with texts': all,
    },
  },
  {
    quirk: 'Unknown operators are ignored, or match nothing',
    reason: 'operators are a list of allowed ones; a dropped one widens a query',
    steps: {
      'read: count takes a where, not a filter': all,
      'filter: where a whole object': all,
      'filter: where an unknown operator': all,
      'filter: where an operator with a dollar sign': all,
    },
  },
  {
    quirk: 'A row that `updateOrCreate` or `upsertWithWhere` creates lacks its default values',
    reason: 'a row is the same whoever creates it',
    steps: {
      'write: updateOrCreate with an unknown id creates': all,
      'write: upsertWithWhere creates': all,
      'hooks: updateOrCreate of an unknown id': all,
      'hooks: upsertWithWhere of none': all,
      'write: updateOrCreate under forceId with an unknown id': two,
    },
  },
  {
    quirk: '`upsertWithWhere` validates the change alone, runs its hooks before it looks, and drops another id in the data',
    reason: '`hooksBeforeLooking`',
    steps: {
      'write: upsertWithWhere with another id in data': modern,
      'write: upsertWithWhere with invalid data': modern,
      'hooks: upsertWithWhere of one': modern,
      'hooks: upsertWithWhere of many': modern,
      'hooks refuse: upsertWithWhere by loaded': modern,
    },
  },
  {
    quirk: '`findOrCreate` runs `before save` and `persist` for a row that it finds',
    reason: '`hooksBeforeLooking`',
    steps: {
      'hooks change: persist: changed data on findOrCreate': modern,
      'strict: throw: findOrCreate': modern,
    },
  },
  {
    quirk: 'The hooks of `replaceOrCreate` do not know whether the row is new',
    reason: 'it is known before they run',
    steps: {
      'hooks: replaceOrCreate of a known id': all,
      'hooks: replaceOrCreate of an unknown id': all,
      'strict: throw: replaceOrCreate': modern,
    },
  },
  {
    quirk: '`replaceById` refuses its own id as text, and `replaceAttributes` leaves the instance as it was',
    reason: 'as `updateAttributes` does',
    steps: {
      'write: replaceById with a text id in data': all,
      'instance: replaceAttributes': all,
    },
  },
  {
    quirk: '`before save` that replaces the data of `updateOrCreate` by data without id makes a new row',
    reason: 'the where is fixed when the hook runs',
    steps: {
      'hooks change: before save: replaced data on updateOrCreate': all,
    },
  },
  {
    quirk: '`updateAll` stores NaN for an operator given as value, and throws a plain error for a date that is none',
    reason: 'a store never gets what its property cannot hold',
    steps: {
      'write: updateAll with an operator as value': all,
      'write: updateAll with a date that is none': sinceThree,
      'value: of type number stored': all,
    },
  },
  {
    quirk: '`updateAll` writes unknown properties of a closed model',
    reason: 'nothing undeclared is stored silently',
    steps: {
      'strict: true: updateAll': sinceThree,
      'strict: validate: updateAll': all,
      'strict: throw: updateAll': all,
    },
  },
  {
    quirk: '`update` is a copy of `updateAll`',
    reason: 'aliases are aliases',
    steps: {
      'write: aliases are the same functions': all,
    },
  },
  {
    quirk: '`save` with `throws` calls back without the instance',
    reason: 'one form for every validation error',
    steps: {
      'instance: save that throws': all,
    },
  },
  {
    quirk: 'The message for a changed id has unfilled places (2.x) or speaks of forceId (3.x)',
    reason: 'an error says what was wrong',
    steps: {
      'instance: updateAttributes with another id': all,
    },
  },
  {
    quirk: '`undefined` given to `updateAttributes` leaves the value in memory',
    reason: 'what was assigned is read back',
    steps: {
      'instance: updateAttributes with undefined values': all,
    },
  },
  {
    quirk: '`toObject` lists declared properties that have no value',
    reason: 'JSON never showed them',
    steps: {
      'instance: unsetAttribute': all,
      'instance: getters without setters': all,
    },
  },
  {
    quirk: 'A custom getter is applied when a row is written, and again when it is read',
    reason: 'getters are for readers',
    steps: {
      'instance: a custom setter and getter': all,
    },
  },
  {
    quirk: '`getPropertyType` answers undefined for a typed list',
    reason: 'as documented',
    steps: {
      'instance: getPropertyType': all,
      'definition: buildModelFromInstance': all,
    },
  },
  {
    quirk: 'Text of a class is its source code',
    reason: 'as documented',
    steps: {
      'definition: members of a class': all,
    },
  },
  {
    quirk: 'A date in a where that is none throws without a status',
    reason: 'the caller’s mistake',
    steps: {
      'filter: where a date that is none': all,
    },
  },
  {
    quirk: 'Reasons inside of messages about clauses are those of an inner error',
    reason: 'an error says what was expected',
    steps: {
      'filter: where between with a text': all,
      'filter: where inq with a text': all,
      'filter: where and with a text': all,
      'filter: where and with a text inside': all,
    },
  },
  {
    quirk: '`like` of the memory connector matches anywhere',
    reason: 'one meaning on all connectors',
    steps: {
      'filter: where like in the middle': all,
    },
  },
  {
    quirk: '`regexp`: a text with a slash is read as flags, a broken pattern matches nothing or is a plain error, a number value crashes',
    reason: 'the caller’s mistake, told as such',
    steps: {
      'filter: where regexp with a slash': all,
      'filter: where regexp that is none': all,
      'filter: where regexp over a number': all,
      'filter: where regexp with wrong flags': two,
      'filter: where regexp with a number': two,
    },
  },
  {
    quirk: 'A where of null crashes (3.x)',
    reason: 'as undefined',
    steps: {
      'filter: where null as where': sinceThree,
    },
  },
  {
    quirk: 'Lists and paths in memory: `neq` is true when any element differs, a whole list never matches, path values are compared as texts',
    reason: 'one meaning on all connectors',
    steps: {
      'filter: where neq over a list': all,
      'filter: where a whole list': all,
      'filter: where a path as text': all,
    },
  },
  {
    quirk: 'Operators that the memory connector lacked: `exists`; in 2.x also `eq`, `nin`, `minDistance`',
    reason: 'additive',
    steps: {
      'filter: where not null with exists': all,
      'filter: where eq': two,
      'filter: where nin': two,
      'filter: where nin of none': two,
      'filter: where near with a smallest distance': two,
    },
  },
  {
    quirk: 'A geo point out of range in `near` is an assertion',
    reason: 'the caller’s mistake',
    steps: {
      'filter: where near that is no point': all,
    },
  },
  {
    quirk: 'Order of null and missing values follows how JavaScript compares',
    reason: 'one order on all connectors',
    steps: {
      'filter: order by two': all,
      'filter: order by two in a text': all,
      'filter: order by date': all,
    },
  },
  {
    quirk: 'Words after the direction of an order are ignored',
    reason: 'a typing mistake is told',
    steps: {
      'filter: order with three words': all,
    },
  },
  {
    quirk: '`{ posts: false }` includes posts; of several keys only the first is loaded; a relation named twice is answered twice',
    reason: 'what is written is meant',
    steps: {
      'include: false': all,
      'include: several keys': all,
      'include: a mixed list': all,
    },
  },
  {
    quirk: 'An include without the keys among `fields` fails (3.x), crashes or is left out (2.x)',
    reason: 'keys are our business',
    steps: {
      'include: fields without the key': all,
    },
  },
  {
    quirk: 'A limit or skip in an include’s scope counts over all parents together (2.x)',
    reason: 'as 3.x',
    steps: {
      'include: a scope with a limit': two,
      'include: a scope with a skip': two,
    },
  },
  {
    quirk: 'A scope called without callback returns undefined, and scopes on instances fail',
    reason: 'additive',
    steps: {
      'scope: a call without callback': all,
      'scope: on instances': all,
    },
  },
  {
    quirk: 'A scope that was defined after a class was extended does not reach the subclass',
    reason: 'classes inherit',
    steps: {
      'scope: a scope shows on a subclass': all,
    },
  },
  {
    quirk: '`fields` of a single relation bring the id too',
    reason: 'as `find`',
    steps: {
      'belongsTo: with a filter': all,
      'belongsTo: scope': all,
    },
  },
  {
    quirk: '`book.author(null)` leaves the key undefined',
    reason: 'undefined is never written',
    steps: {
      'belongsTo: set to null': all,
    },
  },
  {
    quirk: 'A destroyed hasOne target stays in the cache',
    reason: 'the cache tells what is',
    steps: {
      'hasOne: destroy deletes': all,
    },
  },
  {
    quirk: 'Creating through a relation starts a partial cache',
    reason: 'the cache tells what is',
    steps: {
      'hasMany: create before loading starts the cache': all,
    },
  },
  {
    quirk: 'A to-many relation of an unsaved owner reads every row, and creates rows of nobody',
    reason: 'an undefined key must not widen a query',
    steps: {
      'hasMany: of an unsaved owner': all,
      'hasMany: create on an unsaved owner': all,
    },
  },
  {
    quirk: 'A relation may be called `trigger` although instances have a method of that name',
    reason: 'as documented',
    steps: {
      'hasMany: a relation called trigger': all,
    },
  },
  {
    quirk: '`referencesMany`: creating a list makes one row of it, and a callback gets null beside an error',
    reason: 'a bug',
    steps: {
      'referencesMany: create many': all,
      'referencesMany: add one that is there': all,
    },
  },
  {
    quirk: 'hasMany through: the promise form applies its filter to the rows in between, `build` makes one of those',
    reason: 'as the callback form',
    steps: {
      'hasMany through: as a promise with a filter': all,
      'hasMany through: build': all,
    },
  },
  {
    quirk: 'hasMany through: `remove` answers nothing, messages for a missing link differ by method',
    reason: 'additive',
    steps: {
      'hasMany through: remove an instance': all,
      'hasMany through: remove an id': all,
      'hasMany through: remove of nothing': all,
      'hasMany through: destroy of another owner': all,
      'hasMany through: remoting': all,
      'hasAndBelongsToMany: add and remove': all,
    },
  },
  {
    quirk: 'Definitions: `keyTo` of a relation through a model is a key of that model, hasAndBelongsToMany tells `hasMany`, `polymorphic` is `selector` in 3.x',
    reason: 'one meaning for every relation',
    steps: {
      'hasMany through: definition': all,
      'hasAndBelongsToMany: definition': all,
      'polymorphic: definition': all,
    },
  },
  {
    quirk: 'embedsOne and embedsMany: nothing is undefined, callbacks get a hook context, promises, `at`, lists in `create`, `count` and order do not work',
    reason: 'never worked',
    steps: {
      'embedsOne: nothing there': all,
      'embedsOne: destroy': all,
      'embedsOne: remoting': all,
      'embedsMany: with an order': all,
      'embedsMany: as a promise': all,
      'embedsMany: at': all,
      'embedsMany: create many': all,
      'embedsMany: updateById with invalid data': all,
      'embedsMany: destroyAll': all,
      'embedsMany: destroyAll with where': all,
      'embedsMany: count': all,
    },
  },
  {
    quirk: 'embedsMany: changing or removing an id that is not there succeeds silently',
    reason: 'as other relations',
    steps: {
      'embedsMany: updateById of nothing': all,
      'embedsMany: destroy of nothing': all,
    },
  },
  {
    quirk: 'Values of embedded items are printed whole in messages',
    reason: 'hidden properties stay hidden',
    steps: {
      'embedsMany: duplicate ids are invalid': all,
      'embedsMany: invalid items are invalid': all,
    },
  },
  {
    quirk: 'embedsMany: `isNewInstance` is missing in hooks of embedded models, `add` without belongsTo names `undefined`',
    reason: 'as other hooks',
    steps: {
      'embedsMany: add without belongsTo': all,
      'embedsMany: hooks of the embedded model': all,
    },
  },
  {
    quirk: 'Polymorphic belongsTo: the missing type is told in small letters, and a row without key and type is an error',
    reason: 'no key, no target',
    steps: {
      'polymorphic: belongsTo of an unknown type': all,
      'polymorphic: belongsTo of nothing': all,
    },
  },
  {
    quirk: 'A text as `message` is lost for failures with kinds',
    reason: '`plainMessages`',
    steps: {
      'validation: length with a text as message': all,
      'validation: presence of zero and false': modern,
      'validation: numericality': modern,
    },
  },
  {
    quirk: '`validatesFormatOf` takes numbers (3.x)',
    reason: 'as documented',
    steps: {
      'validation: format of a number': sinceThree,
    },
  },
  {
    quirk: '3.x lists a `date` validation for every date property, before all others',
    reason: 'the definition itself says so',
    steps: {
      'validation: a message with values of all kinds': sinceThree,
      'validation: validations of a class': sinceThree,
    },
  },
  {
    quirk: 'A value that its type cannot hold becomes NaN, “[object Object]” or an invalid date',
    reason: '`keepInvalid`, `keepInvalidDates`',
    steps: {
      'value: of type date stored': twoAndModern,
      'value: of type array stored': twoAndModern,
      'value: of type string': modern,
      'value: of type string stored': modern,
      'value: of type number': modern,
      'value: of type date': modern,
      'value: of type array': modern,
      'value: a setter with a date that is none': modern,
    },
  },
  {
    quirk: 'Texts in object properties are boxed when assigned, and parsed as JSON when read',
    reason: 'what is written is read',
    steps: {
      'value: of type object': all,
      'value: of type object stored': all,
    },
  },
  {
    quirk: 'Buffers and geo points are read from memory as plain objects; numbers stay numbers in `text` properties',
    reason: 'a property has its type',
    steps: {
      'value: of type buffer stored': all,
      'value: of type GeoPoint stored': all,
      'value: of type text': all,
      'value: of type text stored': all,
    },
  },
  {
    quirk: 'Lists: null becomes “null”, 0 or false, nested lists pass as items (3.x), dates become the text of now (2.x)',
    reason: 'an item is of the type of the list',
    steps: {
      'value: list of string': all,
      'value: list of number': all,
      'value: list of date': all,
      'value: list of boolean': all,
      'value: list of object': all,
    },
  },
  {
    quirk: 'Constants of units are missing on `GeoPoint`',
    reason: 'as documented',
    steps: {
      'value: GeoPoint constants': all,
    },
  },
  {
    quirk: '`definition.toJSON` holds keys that normalization left; an unattached class has the data source null; `[]` is told as a list',
    reason: 'no contract',
    steps: {
      'definition: properties as told': all,
      'definition: definition as JSON': all,
      'definition: a builder alone': all,
    },
  },
  {
    quirk: '`deletedAll` is emitted after `deleted` by destroyById (2.x)',
    reason: '`modelEvents`',
    steps: {
      'definition: changed and deleted events': two,
    },
  },
  {
    quirk: '`notifyObserversOf` with several names runs none without a callback (2.x)',
    reason: 'additive',
    steps: {
      'observer: notifyObserversOf several': two,
    },
  },
  {
    quirk: 'Hooks after updateAll and deletes do not know how many rows there were (2.x)',
    reason: 'additive',
    steps: {
      'hooks: updateAll': two,
      'hooks: destroyAll': two,
      'hooks: destroyAll without where': two,
      'hooks: destroyById': two,
      'hooks: destroy': two,
    },
  },
  {
    quirk: '`updateAttributes` and `replaceById` write although a `persist` hook refused (2.x)',
    reason: 'a refusal must hold',
    steps: {
      'hooks refuse: updateAttributes by persist': two,
      'hooks refuse: replaceById by persist': two,
    },
  },
  {
    quirk: 'Excluding an unknown field drops the last property (2.x); `and` with an object matches nothing (2.x)',
    reason: 'a bug',
    steps: {
      'filter: where and with an object': twoAndModern,
      'filter: fields: an unknown one excluded': two,
    },
  },
  {
    quirk: '`upsert` with invalid data is written after a warning',
    reason: '`upsertWarns`',
    steps: {
      'write: updateOrCreate with invalid data': modern,
      'strict: true: updateOrCreate': modern,
      'strict: validate: updateOrCreate': modern,
    },
  },
  {
    quirk: '`updateAll` and `destroyAll` whose where has only undefined values reach every row',
    reason: '`undefinedWhere`',
    steps: {
      'write: updateAll where all is undefined': modern,
      'write: destroyAll where all is undefined': modern,
    },
  },
  {
    quirk: '`save` of a row that is gone writes it again',
    reason: '`saveRecreates`',
    steps: {
      'instance: save of a row that is gone': modern,
    },
  },
  {
    quirk: 'Values in a where that are not of the property’s type match nothing; objects with the keys 0, 1, … are lists',
    reason: '`refuseBadValues`',
    steps: {
      'filter: where a text for a number': modern,
      'filter: where inq with an array-like object': modern,
    },
  },
  {
    quirk: 'Of several operators on one property only one counts',
    reason: '`combineOperators`',
    steps: {
      'filter: where two operators on one property': modern,
    },
  },
  {
    quirk: '`limit` is 100 when only `skip` is given',
    reason: '`pageOfHundred`',
    steps: {
      'filter: limit is a hundred when only skip is given': modern,
    },
  },
  {
    quirk: 'Unknown properties of closed models in a filter match nothing or are ignored',
    reason: '`refuseUnknown`',
    steps: {
      'filter: a closed model and an unknown property': modern,
    },
  },
  {
    quirk: 'An included belongsTo or hasOne that leads to nobody is left out',
    reason: '`emptyInclude`',
    steps: {
      'include: names': modern,
      'include: belongsTo': modern,
      'include: belongsTo and its hasMany': modern,
      'include: belongsTo with fields': modern,
      'include: belongsTo with where': modern,
      'include: nothing to include': modern,
      'polymorphic: included from the many side': modern,
    },
  },
  {
    quirk: 'Validations are not inherited',
    reason: '`inheritValidations`',
    steps: {
      'validation: validations of a base': modern,
    },
  },
  {
    quirk: "`strict: 'throw'` fails validation instead of throwing (3.x)",
    reason: '`strictThrows`',
    steps: {
      'strict: throw: constructor': modern,
      'strict: throw: create': modern,
      'strict: throw: isValid': modern,
      'strict: throw: updateAttributes': modern,
      'strict: throw: replaceById': modern,
      'strict: throw: updateOrCreate': modern,
    },
  },
  {
    quirk: 'A prohibited hidden property is taken out of a where, which then matches more (4.x)',
    reason: 'a dropped condition widens a query; from outside it is refused',
    steps: {
      'four: a hidden property in where is prohibited when settings say so': modern,
    },
  },
  {
    quirk: 'Operators with a dollar sign are refused with the whole where in the details, or ignored beside properties (4.x)',
    reason: 'operators are a list of allowed ones; an error names the one that is wrong',
    steps: {
      'four: an operator with a dollar sign': modern,
      'four: count of a where with a dollar sign': modern,
    },
  },
  {
    quirk: '`updateOrCreate` of an array says that bulk mode is not supported (4.x)',
    reason: 'an error must name what was expected',
    steps: {
      'four: upsert of an array': modern,
      'four: upsert of an array as a promise': modern,
    },
  },
  {
    quirk: 'A `DateString` is an object around its text once it is stored, and refuses text that is no date (4.x)',
    reason: 'it is the text that was given; `DateOnly` is a day and refuses others',
    steps: {
      'four: DateString keeps a day': modern,
      'four: DateString of text that is no day': modern,
    },
  },
  {
    quirk: '`isActual` of a store without tables is undefined, and a missing `execute` fails without a code (4.x)',
    reason: 'additive',
    steps: {
      'four: autoupdate, automigrate and isActual answer with promises': modern,
      'four: execute of a connector without it': modern,
    },
  },
]

/** The difference that explains a step under a profile, if one does. */
export function differenceOf(title: string, profile: Profile): Difference | undefined {
  return differences.find((difference) => difference.steps[title]?.includes(profile))
}
