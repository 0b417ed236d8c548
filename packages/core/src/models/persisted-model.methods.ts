import type { ArgumentOptions, MethodOptions, ReturnOptions, RouteOptions } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import type { SharedModel } from '../types'
import { directTo } from './direct'
import { refuseAbsent, refuseMissing } from './not-found'
import { countRows, totalCount } from './total-count'

/** Methods by name, `prototype.` before those of instances. */
export type MethodTable = Readonly<Record<string, MethodOptions>>

const path = { source: 'path' } as const
const body = { source: 'body' } as const
const query = { source: 'query' } as const

const id: ArgumentOptions = { arg: 'id', type: 'any', required: true, http: path, description: 'Id of the record' }
const filter: ArgumentOptions = {
  arg: 'filter',
  type: 'object',
  description:
    'Which records, what of them and in which order: where, fields, include, order, limit, skip. As JSON: {"where":{"name":"Lamp"}}',
}
const where: ArgumentOptions = { arg: 'where', type: 'object', description: 'Conditions that records must meet. As JSON: {"name":"Lamp"}' }
const counted: ReturnOptions = { arg: 'count', type: 'object', root: true, description: 'How many records it was' }

/** What the methods of one class have in common. */
interface Parts {
  readonly Model: SharedModel
  readonly flags: CoreFlags
  readonly direct: ReturnType<typeof directTo>
  readonly data: ArgumentOptions
  readonly one: ReturnOptions
  readonly many: ReturnOptions
  /** Whether PUT replaces records instead of patching them. */
  readonly replaces: boolean
}

/**
 * The methods of stored models, with the routes, arguments and names of LoopBack's own table.
 *
 * @param Model the class
 * @param flags of the profile: names, what PUT does, lists
 */
export function persistedMethods(Model: SharedModel, flags: CoreFlags): MethodTable {
  const name = Model.modelName
  const { replaceOnPUT } = Model.settings
  const parts: Parts = {
    Model,
    flags,
    direct: directTo(Model, flags),
    data: { arg: 'data', type: 'object', model: name, http: body, description: 'Properties and their values' },
    one: { arg: 'data', type: name, root: true },
    many: { arg: 'data', type: [name], root: true },
    replaces: replaceOnPUT === undefined ? flags.replaceOnPUT : replaceOnPUT === true,
  }
  return {
    ...creating(parts),
    ...upserting(parts),
    ...reading(parts),
    ...grouping(parts),
    ...replacing(parts),
    ...changing(parts),
    ...deleting(parts),
  }
}

function put(when: boolean, route: string): RouteOptions[] {
  return when ? [{ verb: 'put', path: route }] : []
}

function creating({ flags, direct, data, one }: Parts): MethodTable {
  return {
    create: {
      accessType: 'WRITE',
      description: 'Creates a record, or one for each item of a list.',
      accepts: [{ ...data, allowArray: flags.arrayCreate, createOnlyInstance: true }],
      returns: one,
      http: { verb: 'post', path: '/' },
      direct: direct.static('create', 'data'),
    },
  }
}

function upserting({ flags, direct, data, one, replaces }: Parts): MethodTable {
  const name = flags.patchNames ? 'patchOrCreate' : 'upsert'
  return {
    [name]: {
      aliases: ['upsert', 'patchOrCreate', 'updateOrCreate'].filter((alias) => alias !== name),
      accessType: 'WRITE',
      description: 'Patches the record that has the id of the data, or creates one.',
      accepts: [data],
      returns: one,
      http: [...put(!replaces, '/'), { verb: 'patch', path: '/' }],
      direct: direct.static('updateOrCreate', 'data'),
    },
    replaceOrCreate: {
      accessType: 'WRITE',
      description: 'Replaces the record that has the id of the data, or creates one.',
      accepts: [data],
      returns: one,
      http: [...put(replaces, '/'), { verb: 'post', path: '/replaceOrCreate' }],
      direct: direct.static('replaceOrCreate', 'data'),
    },
    upsertWithWhere: {
      aliases: ['patchOrCreateWithWhere'],
      accessType: 'WRITE',
      description: 'Patches the one record that meets the conditions, or creates one where none does.',
      accepts: [{ ...where, http: query }, data],
      returns: one,
      http: { verb: 'post', path: '/upsertWithWhere' },
      direct: direct.static('upsertWithWhere', 'where', 'data'),
    },
  }
}

function reading({ Model, direct, one, many }: Parts): MethodTable {
  return {
    exists: {
      accessType: 'READ',
      description: 'Says whether there is a record of an id.',
      accepts: [{ ...id, http: undefined }],
      returns: { arg: 'exists', type: 'boolean' },
      http: [
        { verb: 'get', path: '/:id/exists' },
        { verb: 'head', path: '/:id' },
      ],
      rest: { after: refuseAbsent },
      direct: direct.static('exists', 'id'),
    },
    findById: {
      accessType: 'READ',
      description: 'Gives the record of an id.',
      accepts: [id, { ...filter, description: 'What of the record: fields, include. As JSON: {"include":"orders"}' }],
      returns: one,
      http: { verb: 'get', path: '/:id' },
      rest: { after: refuseMissing },
      direct: direct.findById(),
    },
    find: {
      accessType: 'READ',
      description: 'Gives the records that match a filter.',
      accepts: [filter],
      returns: many,
      http: { verb: 'get', path: '/' },
      rest: { after: totalCount(Model, countRows(Model)) },
      direct: direct.find(),
    },
    findOne: {
      accessType: 'READ',
      description: 'Gives the first record that matches a filter.',
      accepts: [filter],
      returns: one,
      http: { verb: 'get', path: '/findOne' },
      rest: { after: refuseMissing },
      direct: direct.findOne(),
    },
    count: {
      accessType: 'READ',
      description: 'Counts the records that meet the conditions.',
      accepts: [where],
      returns: { arg: 'count', type: 'number' },
      http: { verb: 'get', path: '/count' },
      direct: direct.static('count', 'where'),
    },
  }
}

/** Not LoopBack's: elsewhere than in `modern`, `sharedMethods: { aggregate: true }` offers it. */
function grouping({ flags, direct }: Parts): MethodTable {
  const description =
    'Groups and functions of them: where, groupBy, values, having, order, limit, skip. As JSON: {"groupBy":["city"],"values":{"sold":{"sum":"price"}}}'
  return {
    aggregate: {
      shared: flags.sharesAggregate,
      accessType: 'READ',
      description: 'Gives functions over the records that meet conditions, for each group of them.',
      accepts: [{ ...filter, description }],
      returns: { arg: 'data', type: ['object'], root: true },
      http: { verb: 'get', path: '/aggregate' },
      direct: direct.aggregate(),
    },
  }
}

function replacing({ direct, data, one, replaces }: Parts): MethodTable {
  return {
    replaceById: {
      accessType: 'WRITE',
      description: 'Replaces the record of an id: what the data lacks, the record lacks afterwards.',
      accepts: [id, data],
      returns: one,
      http: [...put(replaces, '/:id'), { verb: 'post', path: '/:id/replace' }],
      direct: direct.static('replaceById', 'id', 'data'),
    },
  }
}

function changing({ flags, direct, data, one, replaces }: Parts): MethodTable {
  const [patch, alias] = flags.patchNames ? ['patchAttributes', 'updateAttributes'] : ['updateAttributes', 'patchAttributes']
  return {
    updateAll: {
      aliases: ['update'],
      accessType: 'WRITE',
      description: 'Patches all records that meet the conditions.',
      accepts: [{ ...where, http: query }, data],
      returns: counted,
      http: { verb: 'post', path: '/update' },
      direct: direct.bulk('updateAll', 'where', 'data'),
    },
    [`prototype.${patch}`]: {
      aliases: [alias],
      accessType: 'WRITE',
      description: 'Patches the record of an id: what the data lacks stays as it is.',
      accepts: [data],
      returns: one,
      http: [...put(!replaces, '/'), { verb: 'patch', path: '/' }],
      direct: direct.instance('updateAttributes', 'data'),
    },
  }
}

function deleting({ direct }: Parts): MethodTable {
  return {
    destroyAll: {
      shared: false,
      accessType: 'WRITE',
      description: 'Deletes all records that meet the conditions.',
      accepts: [where],
      returns: counted,
      http: { verb: 'del', path: '/' },
      direct: direct.bulk('destroyAll', 'where'),
    },
    deleteById: {
      aliases: ['destroyById', 'removeById'],
      accessType: 'WRITE',
      description: 'Deletes the record of an id.',
      accepts: [id],
      returns: counted,
      http: { verb: 'del', path: '/:id' },
      direct: direct.static('destroyById', 'id'),
    },
  }
}
