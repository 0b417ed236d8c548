import type { ArgumentOptions, DirectCall, HttpContext, MethodOptions, SharedClass } from '@reloop/remoting'
import { requestOptions } from '../models/request-options'
import type { MethodTable } from '../models/persisted-model.methods'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { replicationFlags } from './compat'
import { streamForRequest } from './change-stream'
import { doors, registryOf } from './members'
import { findTracking, wantsChanges } from './tracking'

const body = { source: 'body' } as const
const path = { source: 'path' } as const

const since: ArgumentOptions = { arg: 'since', type: 'number', description: 'The first checkpoint that counts' }
const id: ArgumentOptions = { arg: 'id', type: 'any', required: true, http: path, description: 'Id of the record' }

/** Shared classes, and whether the methods of tracked changes are among theirs. */
const known = new WeakMap<SharedClass, boolean>()

/**
 * Shares the methods about changes, with the routes of LoopBack's own table: the stream, which every stored model has, and those of models
 * whose changes are recorded. None takes the argument `options`, as LoopBack's do not: who asks is known by the request.
 *
 * May be called again: whether changes are recorded may be said later.
 *
 * @param Model the class
 * @param shared how it is shared
 */
export function shareChanges(Model: SharedModel, shared: SharedClass): void {
  const registry = registryOf(Model)
  const tracks = wantsChanges(Model) || findTracking(Model) !== undefined
  const done = known.get(shared)
  if (!registry || done === tracks) return
  known.set(shared, tracks)
  const table = { ...(done === undefined ? streamMethod(Model, registry) : {}), ...(tracks ? trackedMethods(Model, registry) : {}) }
  for (const [name, options] of Object.entries(table)) shared.defineMethod(name, { ...options, isStatic: true })
}

function trackedMethods(Model: SharedModel, registry: Registry): MethodTable {
  const flags = replicationFlags.of(registry.profile)
  const table = {
    ...comparing,
    ...checkpoints,
    ...applying,
    ...ofOne,
    ...(flags.rectifyMethods && Model.settings.trackChanges ? rectifying : {}),
  }
  return Object.fromEntries(Object.entries(table).map(([name, method]) => [name, { ...method, direct: guarded(Model, name, method) }]))
}

function streamMethod(Model: SharedModel, registry: Registry): MethodTable {
  const replaces = registry.PersistedModel.createChangeStream as Function
  const call = ({ options }: Readonly<Record<string, unknown>>, context: HttpContext) =>
    streamForRequest({ Model, registry, filter: options ?? undefined }, context)
  return {
    createChangeStream: {
      accessType: 'READ',
      description: 'Follows what happens to records: creations, updates and removals, as they come.',
      accepts: [{ arg: 'options', type: 'object', description: 'Which records, and what of them: where, fields' }],
      returns: { arg: 'changes', type: 'ReadableStream', json: true },
      http: [
        { verb: 'post', path: '/change-stream' },
        { verb: 'get', path: '/change-stream' },
      ],
      direct: { replaces, call, whole: call },
    },
  }
}

/** Calls as the caller of the request: what is read and written is what this caller may read and write. */
function guarded(Model: SharedModel, name: string, { accepts }: MethodOptions): DirectCall {
  const names = ((accepts ?? []) as readonly ArgumentOptions[]).map(({ arg }) => arg!)
  const method = doors[name]!
  const call = (args: Readonly<Record<string, unknown>>, context: HttpContext): unknown => {
    const options = requestOptions(Model, context)
    if (name === 'changes' && args.since === undefined && !findTracking(Model)?.flags.changesWithoutSince) return Promise.resolve([])
    return method.call(Model, ...names.map((argument) => args[argument]), options) as unknown
  }
  return { replaces: method, call, whole: call }
}

const comparing: MethodTable = {
  diff: {
    accessType: 'READ',
    description: 'Compares the changes of another side with those of this one.',
    accepts: [since, { arg: 'remoteChanges', type: 'array', http: body, description: 'Changes of the other side' }],
    returns: { arg: 'result', type: 'object', root: true },
    http: { verb: 'post', path: '/diff' },
  },
  changes: {
    accessType: 'READ',
    description: 'Gives the changes since a checkpoint.',
    accepts: [since, { arg: 'filter', type: 'object', description: 'Only changes of records that match' }],
    returns: { arg: 'changes', type: 'array', root: true },
    http: { verb: 'get', path: '/changes' },
  },
}

const checkpoints: MethodTable = {
  checkpoint: {
    accessType: 'REPLICATE',
    description: 'Begins the next checkpoint.',
    accepts: [],
    returns: { arg: 'checkpoint', type: 'object', root: true },
    http: { verb: 'post', path: '/checkpoint' },
  },
  currentCheckpoint: {
    accessType: 'READ',
    description: 'Gives the number of the checkpoint that changes belong to now.',
    accepts: [],
    returns: { arg: 'checkpoint', type: 'object', root: true },
    http: { verb: 'get', path: '/checkpoint' },
  },
}

const applying: MethodTable = {
  createUpdates: {
    accessType: 'READ',
    description: 'Adds the records to changes.',
    accepts: [{ arg: 'deltas', type: 'array', http: body, description: 'Changes' }],
    returns: { arg: 'updates', type: 'array', root: true },
    http: { verb: 'post', path: '/create-updates' },
  },
  bulkUpdate: {
    accessType: 'WRITE',
    description: 'Follows what another side did.',
    accepts: [{ arg: 'updates', type: 'array', description: 'Changes with the records' }],
    http: { verb: 'post', path: '/bulk-update' },
  },
}

const ofOne: MethodTable = {
  findLastChange: {
    accessType: 'READ',
    description: 'Gives the change of a record.',
    accepts: [id],
    returns: { arg: 'result', type: 'object', root: true },
    http: { verb: 'get', path: '/:id/changes/last' },
  },
  updateLastChange: {
    accessType: 'WRITE',
    description: 'Sets properties of the change of a record: prev, to resolve a conflict.',
    accepts: [id, { arg: 'data', type: 'object', http: body, description: 'Properties and their values' }],
    returns: { arg: 'result', type: 'object', root: true },
    http: { verb: 'put', path: '/:id/changes/last' },
  },
}

const rectifying: MethodTable = {
  rectifyAllChanges: {
    accessType: 'WRITE',
    description: 'Brings the changes of all records up to date.',
    accepts: [],
    http: { verb: 'post', path: '/rectify-all' },
  },
  rectifyChange: {
    accessType: 'WRITE',
    description: 'Brings the change of a record up to date.',
    accepts: [{ ...id, required: false }],
    http: { verb: 'post', path: '/:id/rectify-change' },
  },
}
