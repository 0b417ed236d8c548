import { createRequire } from 'node:module'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import type { Application } from '../app/application'
import { errors } from '../errors'

/** Goes on to the next handler, with an error or without. */
export type Next = (error?: unknown) => void

/** A path of Express: text, expression, or a list of them. */
export type MiddlewarePath = string | RegExp | readonly (string | RegExp)[]

/** Handlers of one place, in order of registration. */
export interface Slot {
  /** Adds middleware, error handlers (four arguments) or whole applications below a path. */
  use(path: MiddlewarePath, handlers: readonly unknown[]): void
  /** Adds handlers of a verb and path; `all` for every verb. */
  verb(verb: string, path: MiddlewarePath, handlers: readonly unknown[]): void
  /** Express's `route(path)`. */
  route(path: MiddlewarePath): unknown
  param(name: unknown, handler: unknown): void
  /** Takes out what was added for that path, or for that route. */
  remove(route: unknown): void
}

/** What a request is sent through. */
export interface Passage {
  readonly slots: readonly Slot[]
  /** Only handlers of errors are asked. */
  readonly error?: unknown
  /** Called when none of them has answered it. */
  readonly done: Next
}

/** Express at work for one application. */
export interface ExpressBridge {
  /** The Express application that holds settings and views. */
  readonly engine: {
    set(name: string, value: unknown): unknown
    get(name: string): unknown
    engine(extension: string, render: unknown): unknown
    render(view: string, ...rest: unknown[]): unknown
  }
  slot(): Slot
  /** Sends a request through slots. */
  run(req: IncomingMessage, res: ServerResponse, passage: Passage): void
}

/** What `@reloop/express` exports. */
export interface ExpressModule {
  createExpressBridge(host: Application): ExpressBridge
  readonly express: { (): unknown; readonly [member: string]: unknown }
}

/** Loads `@reloop/express`; `false`: there is to be none. */
export type LoadExpress = (() => ExpressModule) | false

const name = '@reloop/express'

/**
 * Looks for `@reloop/express`: where the application was told to, from the application's folder, from here.
 *
 * @param given how whoever made the application loads it
 */
export function findExpress(given?: LoadExpress): ExpressModule | undefined {
  if (given === false) return undefined
  const folders = [process.cwd(), require.main?.filename && dirname(require.main.filename)].filter((folder) => typeof folder === 'string')
  const loaders: readonly (() => ExpressModule)[] = [
    ...(given ? [given] : []),
    ...folders.map((folder) => () => createRequire(join(folder, 'noop.js'))(name) as ExpressModule),
    // An import would load it whether it is used or not.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    () => require(name) as ExpressModule,
  ]
  for (const load of loaders) {
    const found = tried(load)
    if (found) return found
  }
  return undefined
}

/**
 * Loads `@reloop/express`.
 *
 * @param given how whoever made the application loads it
 * @param wanted by what, for the message
 * @throws APP_EXPRESS_MISSING with what to install
 */
export function loadExpress(given: LoadExpress | undefined, wanted: string): ExpressModule {
  const found = findExpress(given)
  if (!found) throw errors.APP_EXPRESS_MISSING({ name: wanted })
  return found
}

function tried(load: () => ExpressModule): ExpressModule | undefined {
  try {
    return load()
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND' && (error as Error).message.includes(name)) return undefined
    throw error
  }
}
