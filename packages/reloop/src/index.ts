import { reloop as create, statics, type ReloopOptions as Options, type ReloopStatics } from './reloop'

/**
 * Makes an application; its members are LoopBack's statics.
 *
 * @param options `localRegistry`, `registry`, `compat`
 * @example
 * const reloop = require('reloop')
 * const app = reloop()
 */
const reloop = Object.defineProperties(create, Object.getOwnPropertyDescriptors(statics)) as typeof create & ReloopStatics

// eslint-disable-next-line @typescript-eslint/no-namespace -- `export =` carries its types in a namespace of the same name
namespace reloop {
  export type ReloopOptions = Options
}

export = reloop
