import type { IncomingMessage, ServerResponse } from 'node:http'

/** Goes on to the next handler, with an error or without. */
export type Next = (error?: unknown) => void

/** A handler as Express calls it. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next: Next) => unknown

/** The parts of Express's router that are used here. */
export interface Router extends Handler {
  use(...args: unknown[]): unknown
  route(path: unknown): unknown
  param(name: unknown, handler: unknown): unknown
  readonly [verb: string]: unknown
}

/** The parts of an Express application that are used here. */
export interface ExpressApplication extends Handler {
  readonly request: object
  readonly response: object
  locals: Record<string, unknown>
  use(...args: unknown[]): unknown
  set(name: string, value: unknown): unknown
  get(name: string): unknown
  disable(name: string): unknown
  engine(extension: string, render: unknown): unknown
  render(view: string, ...rest: unknown[]): unknown
}

/** What the package `express` exports. */
export interface Express {
  (): ExpressApplication
  Router(options?: object): Router
  readonly [member: string]: unknown
}
