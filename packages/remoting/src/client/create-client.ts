import type { Contract } from '../contract/contract'
import { connectionOf, type ClientOptions } from './connection'
import { RestClient } from './rest-client'
import type { SendOptions } from './send'
import type { ClientOf } from './typed'

type Call = (args?: Readonly<Record<string, unknown>>, options?: SendOptions) => Promise<unknown>

/**
 * Makes a client of a server from its contract: an object of its classes with their methods, typed when the contract is.
 *
 * @param contract what the server offers, such as its `contract.json`
 * @param url origin of the server with or without the base path: `http://localhost:3000`
 * @param options authorization, headers, time-out, retries
 * @throws TypeError for anything but an http or https URL
 * @example
 * const api = createClient(contract, 'http://localhost:3000', { auth: { bearer: token } })
 * const greeting = await api.Greeter.hello({ name: 'Ada' })
 * await api.Product.prototype.patchAttributes({ id: 7, data: { price: 5 } })
 */
export function createClient<const C extends Contract>(contract: C, url: string, options: ClientOptions = {}): ClientOf<C> {
  const given = connectionOf(url, options)
  const basePath = contract.basePath.replace(/\/+$/, '')
  const base = basePath !== '' && !given.base.endsWith(basePath) ? given.base + basePath : given.base
  const client = new RestClient(contract, { ...given, base })
  const classes = contract.classes.map(({ name: className, methods }) => {
    const names = methods.map(({ name }) => name)
    const own = names.filter((name) => !name.startsWith('prototype.'))
    const ofRecords = names.filter((name) => name.startsWith('prototype.')).map((name) => name.slice('prototype.'.length))
    const call =
      (name: string): Call =>
      (args, sendOptions) =>
        client.call(`${className}.${name}`, args, sendOptions)
    const prototype = plain(ofRecords, (name) => call(`prototype.${name}`))
    return [className, Object.freeze(Object.assign(plain(own, call), { prototype }))] as const
  })
  return Object.freeze(Object.assign(Object.create(null) as object, Object.fromEntries(classes))) as unknown as ClientOf<C>
}

/** Without a prototype, so that names such as `constructor` are methods of the server or nothing. */
function plain(names: readonly string[], make: (name: string) => Call): Record<string, Call> {
  const made = Object.create(null) as Record<string, Call>
  for (const name of names) made[name] = make(name)
  return made
}
