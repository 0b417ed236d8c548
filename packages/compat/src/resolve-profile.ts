import { firstAlias } from './aliases'
import { compatError } from './compat-error'
import { isProfile, profiles, type Profile } from './profiles'

/** Where a profile may be chosen explicitly. */
export interface ProfileSources {
  /** The `compat` option of whoever asks. */
  readonly option?: unknown
  /** `"compat"` of config.json. */
  readonly config?: unknown
}

/**
 * The profile that holds: explicit option, else environment variable RELOOP_COMPAT, else config.json, else the major of the first
 * alias package loaded, else `modern`.
 *
 * @param sources what was chosen explicitly; undefined, null and '' count as not chosen
 * @throws Error with code COMPAT_PROFILE_UNKNOWN when the choice that decides is not the name of a profile
 * @example resolveProfile({ option: '2.x' }) // '2.x'
 */
export function resolveProfile(sources: ProfileSources = {}): Profile {
  const choices: readonly (readonly [where: string, value: unknown])[] = [
    ['the option "compat"', sources.option],
    ['the environment variable RELOOP_COMPAT', process.env.RELOOP_COMPAT],
    ['"compat" in config.json', sources.config],
  ]
  for (const [where, value] of choices) {
    if (value === undefined || value === null || value === '') continue
    if (isProfile(value)) return value
    throw compatError(
      'COMPAT_PROFILE_UNKNOWN',
      `Unknown profile ${JSON.stringify(value)} in ${where}: expected one of ${profiles.join(', ')}.`,
    )
  }
  return firstAlias()?.profile ?? 'modern'
}
