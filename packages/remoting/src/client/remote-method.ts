import type { Contract, ContractMethod } from '../contract/contract'
import { errors } from '../errors'

/** A method of a server, as its contract describes it. */
export interface RemoteMethod {
  /** `Product.find`, `Product.prototype.patchAttributes` */
  readonly name: string
  readonly classPath: string
  readonly method: ContractMethod
}

/**
 * The methods of a contract by name; aliases included.
 *
 * @param contract what a server offers
 */
export function remoteMethods(contract: Pick<Contract, 'classes'>): ReadonlyMap<string, RemoteMethod> {
  const found = new Map<string, RemoteMethod>()
  for (const { name: className, path: classPath, methods } of contract.classes) {
    for (const method of methods) {
      const names = [method.name, ...method.aliases.map((alias) => (method.isStatic ? alias : `prototype.${alias}`))]
      for (const name of names) {
        if (!found.has(`${className}.${name}`))
          found.set(`${className}.${name}`, { name: `${className}.${method.name}`, classPath, method })
      }
    }
  }
  return found
}

/** The method of a name. Throws CLIENT_METHOD_UNKNOWN. */
export function remoteMethod(methods: ReadonlyMap<string, RemoteMethod>, name: string): RemoteMethod {
  const found = methods.get(name)
  if (!found) throw errors.CLIENT_METHOD_UNKNOWN({ name })
  return found
}
