import { isIPv6 } from 'node:net'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { attemptsInProcess, type Attempt, type AttemptStore } from './attempts'
import { flagsOf } from './compat'
import { attemptDefaults, limitsOf } from './limits'

/** What an attempt is counted by. */
export interface Counted {
  /** What it is for: `login`, `mail`. */
  readonly purpose: string
  readonly account: string
  /** Network address of whoever tries; undefined where the call comes from inside. */
  readonly address?: string
}

/** Counts of processes that set no store, by application. */
const usual = new WeakMap<object, AttemptStore>()

const free: Attempt = { end: async () => undefined }

/**
 * Lets an attempt through when neither its account nor its address has failed too often.
 *
 * @param Model the user model
 * @param counted by what
 * @returns the attempt; whoever got it ends it
 * @throws LOGIN_TOO_MANY_ATTEMPTS, whether the account exists or not
 */
export async function beginAttempt(Model: SharedModel, { purpose, account, address }: Counted): Promise<Attempt> {
  const given = limitsOf(Model).login
  if (!given && !flagsOf(Model).limitsAttempts) return free
  const { account: perAccount, address: perAddress, window } = { ...attemptDefaults, ...given }
  const store = storeOf(Model)
  const own = taken(await store.begin(`${purpose} ${Model.modelName} ${account}`, { limit: perAccount, window }))
  if (address === undefined) return own
  try {
    const place = taken(await store.begin(`${purpose} ${network(address)}`, { limit: perAddress, window }))
    return {
      // Who knows one password may not try others for ever: what passes takes nothing off the address.
      async end(outcome) {
        await own.end(outcome)
        await place.end(outcome === 'passed' ? 'void' : outcome)
      },
    }
  } catch (error) {
    await own.end('void')
    throw error
  }
}

function taken(answer: Attempt | number): Attempt {
  if (typeof answer !== 'number') return answer
  const seconds = Math.ceil(answer / 1000)
  throw Object.assign(errors.LOGIN_TOO_MANY_ATTEMPTS({ seconds }), { retryAfter: seconds })
}

/** Who has one address of the sixth version has all of its network. */
function network(address: string): string {
  if (!isIPv6(address) || address.toLowerCase().startsWith('::ffff:')) return address.toLowerCase().replace('::ffff:', '')
  const [head = '', tail = ''] = address.split('%', 1)[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = address.includes('::') ? 8 - groups.length - (tail === '' ? 0 : tail.split(':').length) : 0
  const whole = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail === '' ? [] : tail.split(':'))]
  return whole
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')
}

function storeOf(Model: SharedModel): AttemptStore {
  const app = Model.app as { get?: (name: string) => unknown } | undefined
  const set = app?.get?.('attemptStore') as AttemptStore | undefined
  if (set) return set
  const owner = app ?? Model
  let store = usual.get(owner)
  if (!store) usual.set(owner, (store = attemptsInProcess()))
  return store
}
