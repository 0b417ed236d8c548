import type { Application } from '@reloop/core'
import { compile } from './compile/index'
import { begin, flagsFor } from './execute/index'
import { profileOf, type Bootable } from './execute/bootable'
import type { Instructions } from './instructions'
import { withCallback } from './legacy'
import { readOptions, type BootOptions } from './options'

type Done = (error: Error | null) => void

/** What boot() is: a function with its two halves as members. */
export interface Boot {
  /**
   * Starts an application from its folder: reads the folder, makes data sources and models, runs components and boot scripts.
   *
   * Everything but components and boot scripts that wait is done when the call returns.
   *
   * @param app the application
   * @param options folder of the application, or options
   * @param callback told the error or null; without one a promise is returned
   * @example
   * await boot(app, __dirname)
   */
  (app: Application, options?: BootOptions | string): Promise<void>
  (app: Application, options: BootOptions | string | undefined, callback: Done): void
  (app: Application, callback: Done): void
  /** Reads a folder into instructions. */
  readonly compile: typeof compile
  /**
   * Brings instructions to life.
   *
   * @example await boot.execute(app, boot.compile(__dirname))
   */
  execute(app: Application, instructions: Instructions): Promise<void>
  execute(app: Application, instructions: Instructions, callback: Done): void
}

function bootFrom(app: Bootable, given?: BootOptions | string): () => Promise<void> {
  const options = readOptions(given)
  const env = options.env ?? (app.get('env') as string | undefined)
  return begin(app, compile({ ...options, env, compat: options.compat ?? profileOf(app) }))
}

/** Held in an object: a function as the last argument would be the callback. */
const finishing = withCallback((held: { readonly rest: () => Promise<void> }) => held.rest())

/** Runs the synchronous part at once; its errors are thrown where LoopBack threw them, else reported with the others. */
function start(app: Bootable, part: () => () => Promise<void>, callback: Done | undefined): Promise<void> | void {
  const rest = flagsFor(app).throwsAtOnce ? part() : attempt(part)
  return callback ? finishing({ rest }, callback) : finishing({ rest })
}

function attempt(part: () => () => Promise<void>): () => Promise<void> {
  try {
    return part()
  } catch (error) {
    return () => Promise.reject(error)
  }
}

/**
 * Starts an application from its folder.
 *
 * @example
 * const app = createApplication()
 * await boot(app, __dirname)
 */
export const boot = Object.assign(
  (app: Bootable, options?: BootOptions | string | Done, callback?: Done) => {
    const isCallback = typeof options === 'function'
    return start(app, () => bootFrom(app, isCallback ? undefined : options), isCallback ? options : callback)
  },
  {
    compile,
    execute: (app: Bootable, instructions: Instructions, callback?: Done) => start(app, () => begin(app, instructions), callback),
  },
) as Boot
