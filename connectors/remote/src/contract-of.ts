import type { Entity } from '@reloop/connector'
import type { ContractArgument, ContractClass, ContractMethod } from '@reloop/remoting'

/** The methods of LoopBack's REST API that this connector calls. */
export function contractOf(entity: Entity): ContractClass {
  const query = (name: string): ContractArgument => ({ name, type: 'object', required: false, source: 'query' })
  const data = whole('data')
  return {
    name: entity.name,
    path: pathOf(entity),
    methods: [
      method('find', 'get', { path: '/', accepts: [query('filter')] }),
      method('count', 'get', { path: '/count', accepts: [query('where')] }),
      method('create', 'post', { path: '/', accepts: [data] }),
      method('updateAll', 'post', { path: '/update', accepts: [query('where'), data] }),
      method('deleteById', 'delete', { path: '/:id', accepts: [id] }),
      ...aboutChanges,
    ],
  }
}

const id: ContractArgument = { name: 'id', type: 'any', required: true, source: 'path' }
const since: ContractArgument = { name: 'since', type: 'number', required: false, source: 'query' }

/** The methods that replicate, of servers that track changes. */
const aboutChanges: readonly ContractMethod[] = Object.freeze([
  method('checkpoint', 'post', { path: '/checkpoint', accepts: [] }),
  method('currentCheckpoint', 'get', { path: '/checkpoint', accepts: [] }),
  method('changes', 'get', { path: '/changes', accepts: [since, { name: 'filter', type: 'object', required: false, source: 'query' }] }),
  method('diff', 'post', { path: '/diff', accepts: [since, whole('remoteChanges')] }),
  method('createUpdates', 'post', { path: '/create-updates', accepts: [whole('deltas')] }),
  method('bulkUpdate', 'post', { path: '/bulk-update', accepts: [{ name: 'updates', type: 'array', required: true, source: 'form' }] }),
  method('findLastChange', 'get', { path: '/:id/changes/last', accepts: [id] }),
  method('updateLastChange', 'put', { path: '/:id/changes/last', accepts: [id, whole('data')] }),
])

/** An argument that is the body. */
function whole(name: string): ContractArgument {
  return { name, type: 'any', required: true, source: 'body', root: true }
}

function method(name: string, verb: string, { path, accepts }: { path: string; accepts: readonly ContractArgument[] }): ContractMethod {
  const returns = [{ name: 'result', type: 'any', root: true }]
  return { name, aliases: [], isStatic: true, documented: true, accepts, returns, routes: [{ verb, path }] }
}

/** The model's `remote: { path: '/products' }`, else its name in the plural as LoopBack writes it. */
function pathOf({ name, native }: Entity): string {
  const given = native.path
  if (typeof given === 'string') return given.startsWith('/') ? given : `/${given}`
  return `/${plural(name)}`
}

function plural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`
}
