import { randomBytes, timingSafeEqual } from 'node:crypto'
import { errors } from '../errors'
import { callable } from '../legacy'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { applicationProperties } from './application.properties'
import { closed } from '../access/models/closed'

/** The keys of an application, in the order in which they are tried. */
const keyNames = ['clientKey', 'javaScriptKey', 'restApiKey', 'windowsKey', 'masterKey'] as const

interface App {
  id?: unknown
  created?: Date
  modified?: Date
  save(): Promise<App>
  readonly [property: string]: unknown
}

interface Apps {
  readonly modelName: string
  findById(id: unknown): Promise<App | null>
  create(data: object): Promise<App>
}

/** What the right key opens. */
export interface Authenticated {
  readonly application: object
  /** Name of the key: `clientKey`, `javaScriptKey`, `restApiKey`, `windowsKey` or `masterKey`. */
  readonly keyType: (typeof keyNames)[number]
}

/** Makes the built-in model of client applications, which are known by keys. */
export function makeApplication(registry: Registry): SharedModel {
  const { renewsApplicationKeys: renews } = registry.flags
  const secret = renews ? {} : { hidden: [...keyNames, 'pushSettings', 'authenticationSchemes'], acls: closed(registry) }
  const Application = registry.createModel('Application', applicationProperties, { forceId: false, ...secret })
  const observe = Application.observe as (operation: string, hook: (context: { instance?: App; isNewInstance?: boolean }) => void) => void
  observe.call(Application, 'before save', ({ instance, isNewInstance }) => {
    if (!instance) return
    instance.modified = new Date()
    instance.id ??= randomBytes(16).toString('hex')
    if (isNewInstance) instance.created = instance.modified
    if (isNewInstance || renews) Object.assign(instance, newKeys())
  })
  for (const [name, method] of Object.entries(statics))
    Object.defineProperty(Application, name, {
      value: callable(method as Parameters<typeof callable>[0]),
      writable: true,
      configurable: true,
    })
  const resetKeys = callable(async function resetKeys(this: App) {
    Object.assign(this, newKeys())
    return this.save()
  })
  Object.defineProperty(Application.prototype, 'resetKeys', { value: resetKeys, writable: true, configurable: true })
  return Application
}

const statics: Record<string, (this: never, ...args: never[]) => Promise<unknown>> = {
  /** `register(owner, name, options)`: makes an application with new keys. */
  // eslint-disable-next-line @typescript-eslint/max-params -- LoopBack's signature
  async register(this: Apps, owner: unknown, name: unknown, options?: object) {
    return this.create({ ...options, owner, name })
  },

  /** `resetKeys(id)`: gives an application new keys. */
  async resetKeys(this: Apps, id: unknown) {
    const found = await this.findById(id)
    if (!found) throw errors.MODEL_NOT_FOUND({ model: this.modelName, id })
    return (found.resetKeys as () => Promise<App>)()
  },

  /** `authenticate(id, key)`: the application and the name of the key, or null. */
  async authenticate(this: Apps, id: unknown, key: unknown): Promise<Authenticated | null> {
    const application = await this.findById(id)
    if (!application || typeof key !== 'string') return null
    const keyType = keyNames.find((name) => isSame(application[name], key))
    return keyType === undefined ? null : { application, keyType }
  },
}

function newKeys(): Record<string, string> {
  return Object.fromEntries(keyNames.map((name) => [name, randomBytes(20).toString('hex')]))
}

/** Compares in a time that tells nothing. */
function isSame(known: unknown, given: string): boolean {
  if (typeof known !== 'string' || known === '') return false
  const [one, other] = [Buffer.from(known), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
