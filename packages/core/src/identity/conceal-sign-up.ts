import { ValidationError } from '@reloop/juggler'
import type { DirectCall, HttpContext } from '@reloop/remoting'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { pretendedVerify } from './legacy-user'
import { randomHex } from './secret'
import type { Found } from './stored'

type Data = Readonly<Record<string, unknown>>

/** One sign-up of a client. */
interface SignUp {
  readonly direct: DirectCall
  readonly args: Data
  readonly context: HttpContext
}

/**
 * Lets sign-ups answer the same whether the address is known or not, where an address has to be verified before anybody logs in: the reply says
 * what was sent and no id, and for a known address the model emits `signUpRepeated`, for the application to mail its holder.
 *
 * @param User the class; setting `concealSignUp`, by default as `emailVerificationRequired` in `modern`
 */
export function concealSignUp(User: SharedModel): void {
  const method = User.sharedClass.findMethodByName('create')
  const direct = method?.direct
  if (!direct) return
  const over =
    (usual: DirectCall['call']): DirectCall['call'] =>
    async (args, context) => {
      if (!conceals(User)) return usual.call(direct, args, context)
      if (!Array.isArray(args.data)) return signUp(User, { direct, args, context })
      const answers: unknown[] = []
      for (const data of args.data as unknown[]) answers.push(await signUp(User, { direct, args: { ...args, data }, context }))
      return answers
    }
  method.direct = { replaces: direct.replaces, call: over(direct.call), whole: over(direct.whole ?? direct.call) }
}

function conceals(User: SharedModel): boolean {
  const { concealSignUp: given, emailVerificationRequired } = User.settings
  return given === undefined ? flagsOf(User).hidesAccounts && Boolean(emailVerificationRequired) : Boolean(given)
}

async function signUp(User: SharedModel, { direct, args, context }: SignUp): Promise<Found> {
  const data = (args.data ?? {}) as Data
  const shown = shownOf(User, data)
  try {
    return answering((await (direct.whole ?? direct.call).call(direct, args, context)) as Found, shown)
  } catch (error) {
    if (!saysThatKnown(error)) throw error
  }
  await refuseWhatElseIsWrong(User, data)
  User.emit('signUpRepeated', { email: data.email })
  const { password: _password, ...rest } = data
  const nobody = new User(rest) as Found
  Object.defineProperty(nobody, 'verify', { value: pretendedVerify, configurable: true, writable: true })
  return answering(nobody, shown)
}

/** What was sent, as it is stored, and nothing that only a real user has. */
function shownOf(User: SharedModel, { password: _password, id: _id, ...data }: Data): Record<string, unknown> {
  const { id: _none, ...shown } = (new User(data) as Found).toJSON()
  return shown.emailVerified ? { ...shown, emailVerified: false } : shown
}

function answering(user: Found, shown: Record<string, unknown>): Found {
  return Object.defineProperty(user, 'toJSON', { value: () => shown, configurable: true, writable: true })
}

function saysThatKnown(error: unknown): boolean {
  return error instanceof ValidationError && error.details.codes.email?.includes('uniqueness') === true
}

/** With another address the same data would tell its other faults: so it does with this one. */
async function refuseWhatElseIsWrong(User: SharedModel, data: Data): Promise<void> {
  const probe = new User({ ...data, email: `${randomHex(16)}@nowhere.invalid` }) as Found
  if (!(await (probe.isValid as () => unknown)())) throw new ValidationError(probe)
}
