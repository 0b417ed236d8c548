import type { ArgumentOptions, HttpContext, MethodOptions } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import type { MethodTable } from './persisted-model.methods'
import { countThrough, totalCount } from './total-count'

/** A relation as its endpoints need it. */
export interface RemoteRelation {
  readonly owner: SharedModel
  readonly name: string
  readonly type: string
  readonly multiple: boolean
  /** Whether rows are linked through a model in between. */
  readonly through: boolean
  /** Name of the model on the other side, where there is one. */
  readonly target: string
  /** The property of the owner that holds the key, or what is embedded. */
  readonly property: string | undefined
  /** Segment of the path. */
  readonly segment: string
}

/** Writes the methods of one kind of relation. */
type Kind = (relation: RemoteRelation, flags: CoreFlags) => MethodTable

const foreignKey: ArgumentOptions = {
  arg: 'fk',
  type: 'any',
  required: true,
  http: { source: 'path' },
  description: 'Id of the related record',
}
const nowhere: ArgumentOptions = { arg: 'where', type: 'object', http: () => undefined, documented: false }

/**
 * The endpoints of a relation, by kind: methods of the owner, named `prototype.__verb__relation`.
 *
 * @param relation what it is called and what it leads to
 * @param flags of the profile
 */
export function relationMethods(relation: RemoteRelation, flags: CoreFlags): MethodTable {
  if (!relation.multiple) return (relation.type === 'belongsTo' ? belongsTo : hasOne)(relation, flags)
  const links = relation.through || relation.type === 'referencesMany'
  return links ? { ...hasMany(relation, flags), ...linked(relation) } : hasMany(relation, flags)
}

const read = (path: string, more: MethodOptions): MethodOptions => ({ accessType: 'READ', http: { verb: 'get', path }, ...more })
const write = (verb: string, path: string, more: MethodOptions): MethodOptions => ({ accessType: 'WRITE', http: { verb, path }, ...more })
const method = (verb: string, { name }: RemoteRelation) => `prototype.__${verb}__${name}`

function dataOf({ target }: RemoteRelation): ArgumentOptions {
  return { arg: 'data', type: 'object', model: target, http: { source: 'body' } }
}

function oneOf({ name, target }: RemoteRelation) {
  return { arg: name, type: target, root: true }
}

const refresh: ArgumentOptions = { arg: 'refresh', type: 'boolean', http: { source: 'query' } }

const belongsTo: Kind = (relation) => ({
  [method('get', relation)]: read(`/${relation.segment}`, {
    accepts: [refresh],
    returns: oneOf(relation),
    description: `Gives the ${relation.name} that the record belongs to.`,
  }),
})

const hasOne: Kind = (relation, flags) => {
  const path = `/${relation.segment}`
  return {
    [method('get', relation)]: read(path, {
      accepts: [refresh],
      returns: oneOf(relation),
      rest: { after: (context: HttpContext) => refuseEmpty(context, relation, flags) },
      description: `Gives the ${relation.name} of the record.`,
    }),
    [method('create', relation)]: write('post', path, {
      accepts: [dataOf(relation)],
      returns: { arg: 'data', type: relation.target, root: true },
      description: `Creates the ${relation.name} of the record.`,
    }),
    [method('update', relation)]: write('put', path, {
      accepts: [dataOf(relation)],
      returns: { arg: 'data', type: relation.target, root: true },
      description: `Patches the ${relation.name} of the record.`,
    }),
    [method('destroy', relation)]: write('delete', path, { description: `Deletes the ${relation.name} of the record.` }),
  }
}

function refuseEmpty(context: HttpContext, { type, property, target }: RemoteRelation, flags: CoreFlags): void {
  if (context.result !== null) return
  // LB: a property that was never set holds nothing, which is a reply without a body.
  if (type === 'embedsOne' && (context.instance as Record<string, unknown>)[property!] === undefined) context.result = undefined
  else throw errors.MODEL_NOT_FOUND(flags.emptyHasOne === 'related' ? { related: target } : { model: target, id: undefined })
}

const hasMany: Kind = (relation, flags) => {
  const path = `/${relation.segment}`
  const { name, target } = relation
  const one = { arg: 'result', type: target, root: true }
  return {
    [method('findById', relation)]: read(`${path}/:fk`, {
      accepts: [foreignKey],
      returns: one,
      rest: { after: (context: HttpContext) => refuseAbsent(context, target) },
      description: `Gives one of the ${name} by id.`,
    }),
    [method('destroyById', relation)]: write('delete', `${path}/:fk`, {
      accepts: [foreignKey],
      returns: [],
      description: `Deletes one of the ${name} by id.`,
    }),
    [method('updateById', relation)]: write('put', `${path}/:fk`, {
      accepts: [foreignKey, dataOf(relation)],
      returns: one,
      description: `Patches one of the ${name} by id.`,
    }),
    ...collection({ owner: relation.owner, name, target, path, list: flags.arrayCreate, method: (verb) => method(verb, relation) }),
  }
}

/** Relations to rows of a store refuse by themselves; what is embedded is just not there. */
function refuseAbsent({ result, args }: HttpContext, target: string): void {
  if (result === null) throw errors.MODEL_NOT_FOUND({ model: target, id: args.fk })
}

/** Reading, filling, counting and emptying a set of rows: of a relation, or of a scope of the class. */
export interface Collection {
  /** The class that has it. */
  readonly owner: SharedModel
  readonly name: string
  readonly target: string
  readonly path: string
  /** Whether a list of objects is declared for create. */
  readonly list: boolean
  /** Full name of the method for a verb. */
  readonly method: (verb: string) => string
}

/** The four methods of a set of rows. */
export function collection({ owner, name, target, path, list, method: named }: Collection): MethodTable {
  return {
    [named('get')]: read(path, {
      accepts: [{ arg: 'filter', type: 'object' }],
      returns: { arg: name, type: [target], root: true },
      rest: { after: totalCount(owner, countThrough(`__count__${name}`)) },
      description: `Gives the ${name} that match a filter.`,
    }),
    [named('create')]: write('post', path, {
      accepts: [{ arg: 'data', type: 'object', model: target, allowArray: list, http: { source: 'body' } }],
      returns: { arg: 'data', type: target, root: true },
      description: `Creates one of the ${name}.`,
    }),
    [named('delete')]: write('delete', path, { accepts: [nowhere], description: `Deletes all of the ${name}.` }),
    [named('count')]: read(`${path}/count`, {
      accepts: [{ arg: 'where', type: 'object', description: 'Conditions that records must meet' }],
      returns: { arg: 'count', type: 'number' },
      description: `Counts the ${name}.`,
    }),
  }
}

function linked(relation: RemoteRelation): MethodTable {
  const path = `/${relation.segment}/rel/:fk`
  const data = relation.type === 'referencesMany' ? [] : [dataOf({ ...relation, target: 'object' })]
  return {
    [method('link', relation)]: write('put', path, {
      accepts: [foreignKey, ...data],
      returns: { arg: relation.name, type: 'object', root: true },
      description: `Links a record to the ${relation.name}.`,
    }),
    [method('unlink', relation)]: write('delete', path, {
      accepts: [foreignKey],
      description: `Takes a record out of the ${relation.name}; the record itself stays.`,
    }),
    [method('exists', relation)]: {
      accessType: 'READ',
      http: { verb: 'head', path },
      accepts: [foreignKey],
      returns: { arg: 'exists', type: 'boolean' },
      rest: { after: refuseUnlinked },
      description: `Says whether a record is among the ${relation.name}.`,
    },
  }
}

function refuseUnlinked(context: HttpContext): void {
  const { exists } = (context.result ?? {}) as { exists?: boolean }
  if (exists) return
  const model = context.method.sharedClass?.name ?? ''
  throw errors.MODEL_NOT_FOUND({ model, id: context.args.fk })
}
