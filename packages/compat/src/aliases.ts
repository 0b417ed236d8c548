import { compatError } from './compat-error'
import { isProfile, profiles, type Profile } from './profiles'

/** An alias package that was loaded under an ancestor's name. */
export interface Alias {
  /** Name of the ancestor, such as `loopback`. */
  readonly name: string
  /** Its major version. */
  readonly major: number
  /** The profile that this major stands for. @default '2.x' for major 2, '3.x' for majors 3 and 4 */
  readonly profile?: Profile
}

type Announced = Required<Alias>

let first: Announced | undefined
let warned = false

/**
 * Says that an alias package was loaded; the first one decides the profile of a process that chooses none.
 *
 * Two aliases that stand for different profiles get one warning per process, naming both.
 *
 * @param alias name, major and, where the ancestor counts its majors differently, the profile
 * @throws Error with code COMPAT_ALIAS_UNMAPPED when neither the profile is given nor the major is 2, 3 or 4
 * @example announceAlias({ name: 'loopback', major: 2 })
 */
export function announceAlias(alias: Alias): void {
  const announced = Object.freeze({ name: alias.name, major: alias.major, profile: profileOf(alias) })
  first ??= announced
  if (warned || announced.profile === first.profile) return
  warned = true
  process.emitWarning(
    `${describe(first)} and ${describe(announced)} are both loaded; ${first.profile} holds because it came first. ` +
      `Choose with the option "compat" or the environment variable RELOOP_COMPAT.`,
    { type: 'ReloopWarning', code: 'COMPAT_ALIASES_DISAGREE' },
  )
}

/** The alias package that was loaded first, or undefined. */
export function firstAlias(): Announced | undefined {
  return first
}

function profileOf({ name, major, profile }: Alias): Profile {
  if (isProfile(profile)) return profile
  if (profile === undefined && major === 2) return '2.x'
  if (profile === undefined && (major === 3 || major === 4)) return '3.x'
  throw compatError('COMPAT_ALIAS_UNMAPPED', `Major ${major} of alias ${name} needs a profile: one of ${profiles.join(', ')}.`)
}

function describe(alias: Announced): string {
  return `${alias.name}@${alias.major} (${alias.profile})`
}
