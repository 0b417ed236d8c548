import { compatError } from './compat-error'
import { profiles, type Profile } from './profiles'

/** One flag: its value in each profile, and what it decides. */
export type FlagEntry = { readonly [P in Profile]: unknown } & {
  /** One sentence for documents: what differs. */
  readonly about: string
}

/** The values of one profile, flag by flag. */
export type FlagValues<T extends Readonly<Record<string, FlagEntry>>> = { readonly [K in keyof T]: T[K][Profile] }

/** The flags of one package. */
export interface Flags<T extends Readonly<Record<string, FlagEntry>>> {
  /** The values of a profile; the same frozen record each time. Throws COMPAT_PROFILE_UNKNOWN. */
  of(profile: Profile): FlagValues<T>
  /** Names of the flags, sorted. */
  readonly names: readonly (keyof T & string)[]
}

/** A flag as documents and `reloop explain` show it. */
export type FlagDescription = FlagEntry & { readonly package: string; readonly flag: string }

const declared = new Map<string, readonly FlagDescription[]>()

/**
 * Declares the flags of a package, once, beside its code; code asks `flags.of(profile).name` when something is built.
 *
 * @param packageName folder name of the package, such as `juggler`
 * @param table flag → value per profile and what it decides; all three profiles must be there
 * @returns `of(profile)` and `names`
 * @throws Error with code COMPAT_FLAG_INCOMPLETE when a flag lacks a profile or its sentence
 * @example
 * export const flags = defineFlags('juggler', {
 *   strictArguments: { modern: true, '3.x': true, '2.x': false, about: 'Arguments of a wrong type are refused instead of converted.' },
 * })
 * flags.of('2.x').strictArguments // false
 */
export function defineFlags<const T extends Readonly<Record<string, FlagEntry>>>(packageName: string, table: T): Flags<T> {
  for (const [flag, entry] of Object.entries(table)) checkEntry(`${packageName}.${flag}`, entry)
  const names = Object.freeze(Object.keys(table).sort())
  declared.set(
    packageName,
    names.map((flag) => Object.freeze({ ...table[flag]!, package: packageName, flag })),
  )
  const values = Object.fromEntries(profiles.map((profile) => [profile, valuesOf(table, profile)])) as Record<Profile, FlagValues<T>>
  return Object.freeze({
    names,
    of(profile: Profile) {
      if (Object.hasOwn(values, profile)) return values[profile]
      throw compatError('COMPAT_PROFILE_UNKNOWN', `Unknown profile ${JSON.stringify(profile)}: expected one of ${profiles.join(', ')}.`)
    },
  })
}

/**
 * All flags declared in this process, sorted by package and flag, for documents and `reloop explain`.
 *
 * @example describeFlags().map((flag) => `${flag.package}.${flag.flag}: ${flag.about}`)
 */
export function describeFlags(): readonly FlagDescription[] {
  return [...declared.keys()].sort().flatMap((name) => declared.get(name)!)
}

function valuesOf<T extends Readonly<Record<string, FlagEntry>>>(table: T, profile: Profile): FlagValues<T> {
  return Object.freeze(Object.fromEntries(Object.entries(table).map(([flag, entry]) => [flag, entry[profile]]))) as FlagValues<T>
}

function checkEntry(name: string, entry: FlagEntry): void {
  const missing = [...profiles, 'about'].filter((key) => !Object.hasOwn(entry, key))
  if (missing.length > 0) throw compatError('COMPAT_FLAG_INCOMPLETE', `Flag ${name} lacks ${missing.join(', ')}.`)
}
