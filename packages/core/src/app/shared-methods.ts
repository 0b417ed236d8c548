import type { SharedClass } from '@reloop/remoting'
import { errors } from '../errors'

/** Which methods clients may call: name, or name with `*`, → yes or no; a later entry over an earlier one. */
export type SharedMethods = Readonly<Record<string, unknown>>

/**
 * Shows and hides methods of a class as `remoting.sharedMethods` says.
 *
 * @param sharedClass the class
 * @param visibility the application's settings with those of the model over them
 * @throws REGISTRY_SHARED_METHOD_INVALID for anything but true and false
 */
export function applySharedMethods(sharedClass: SharedClass, visibility: SharedMethods): void {
  const rules = Object.entries(visibility).map(([name, shown]) => {
    if (typeof shown !== 'boolean')
      throw errors.REGISTRY_SHARED_METHOD_INVALID({ method: name, given: JSON.stringify(shown) ?? String(shown) })
    return { matches: matcher(name), shown }
  })
  if (rules.length === 0) return
  for (const method of sharedClass.methods({ includeDisabled: true })) {
    const names = [method.name, ...method.aliases].map((name) => (method.isStatic ? name : `prototype.${name}`))
    for (const { matches, shown } of rules) if (names.some(matches)) method.shared = shown
  }
}

/**
 * The setting `expose` of a model, a list of the methods that clients may call: everything else is closed, also what comes later.
 *
 * @param model its name
 * @param expose names, aliases, or names with `*`
 * @throws REGISTRY_EXPOSE_INVALID for anything but a list of names
 */
export function onlyExposed(model: string, expose: unknown): SharedMethods {
  if (!Array.isArray(expose) || !expose.every((name) => typeof name === 'string'))
    throw errors.REGISTRY_EXPOSE_INVALID({ model, given: expose })
  return { '*': false, ...Object.fromEntries((expose as readonly string[]).map((name) => [name, true])) }
}

function matcher(name: string): (given: string) => boolean {
  if (!name.includes('*')) return (given) => given === name
  const source = name
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('.*')
  const expression = new RegExp(`^${source}$`)
  return (given) => expression.test(given)
}
