import { errors } from '../errors'

/**
 * Loads a package that only this entry needs.
 *
 * @param name the package
 * @throws APP_PEER_MISSING with what to install
 */
export function loadPeer<T>(name: string): T {
  try {
    // An import would load it whether it is used or not.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(name) as T
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'MODULE_NOT_FOUND') throw cause
    throw errors.APP_PEER_MISSING({ name }, { cause })
  }
}
