/** The profiles, the default one first. */
export const profiles = Object.freeze(['modern', '3.x', '2.x'] as const)

/** Which LoopBack a process, application or data source answers like: `modern`, `3.x` or `2.x`. */
export type Profile = (typeof profiles)[number]

/**
 * Whether a value is the name of a profile.
 *
 * @param value anything
 * @example isProfile('3.x') // true
 */
export function isProfile(value: unknown): value is Profile {
  return (profiles as readonly unknown[]).includes(value)
}
