import { errors } from '../errors'

export type AccessType = 'READ' | 'WRITE' | 'EXECUTE' | 'REPLICATE'

const types: readonly unknown[] = ['READ', 'WRITE', 'EXECUTE', 'REPLICATE']
const writing = new Set(['create', 'updateOrCreate', 'upsert', 'upsertWithWhere', 'destroyById', 'deleteById', 'removeById'])
const reading = new Set(['exists', 'findById', 'find', 'findOne', 'count'])

/** What of a shared method decides its access type. */
export interface MethodAccess {
  readonly name: string
  readonly accessType?: unknown
  readonly http?: unknown
}

/**
 * The kind of access that a remote method is, for access rules: what it declares, else READ for GET and HEAD, else by its name.
 *
 * @param method name, declared `accessType`, `http` as given (a list of routes is not looked into)
 * @throws REGISTRY_ACCESS_TYPE when the declared type is none of the four
 * @example accessTypeOf({ name: 'greet', http: { verb: 'get' } }) // 'READ'
 */
export function accessTypeOf(method: MethodAccess): AccessType {
  if (method.accessType !== undefined) {
    if (types.includes(method.accessType)) return method.accessType as AccessType
    throw errors.REGISTRY_ACCESS_TYPE({ method: method.name, given: method.accessType })
  }
  const verb = (method.http as { verb?: unknown } | undefined)?.verb
  if (typeof verb === 'string' && ['get', 'head'].includes(verb.toLowerCase())) return 'READ'
  if (writing.has(method.name)) return 'WRITE'
  return reading.has(method.name) ? 'READ' : 'EXECUTE'
}
