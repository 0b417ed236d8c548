import type { Entity } from '@reloop/connector'
import type { ContractArgument, ContractClass, ContractMethod } from '@reloop/remoting'

/** The methods of LoopBack's REST API that this connector calls. */
export function contractOf(entity: Entity): ContractClass {
  const query = (name: string): ContractArgument => ({ name, type: 'object', required: false, source: 'query' })
  const data: ContractArgument = { name: 'data', type: 'object', required: true, source: 'body', root: true }
  const id: ContractArgument = { name: 'id', type: 'any', required: true, source: 'path' }
  return {
    name: entity.name,
    path: pathOf(entity),
    methods: [
      method('find', 'get', { path: '/', accepts: [query('filter')] }),
      method('count', 'get', { path: '/count', accepts: [query('where')] }),
      method('create', 'post', { path: '/', accepts: [data] }),
      method('updateAll', 'post', { path: '/update', accepts: [query('where'), data] }),
      method('deleteById', 'delete', { path: '/:id', accepts: [id] }),
    ],
  }
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
