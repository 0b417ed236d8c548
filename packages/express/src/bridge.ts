import { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Application, ExpressBridge, Passage } from '@reloop/core'
import type { ExpressApplication, Next } from './express-types'
import { express } from './load'
import { ExpressSlot } from './slot'

/**
 * Puts Express 4 to work inside an application. Applications call it by themselves when their first Express-style handler is registered.
 *
 * @param host the application; handlers meet it as `req.app`
 * @returns slots for handlers, the passage of a request through them, and the Express application that holds settings and views
 * @example const bridge = createExpressBridge(app)
 */
export function createExpressBridge(host: Application): ExpressBridge {
  const engine = express()
  engine.disable('x-powered-by')
  // The members that Express gives to requests and responses ask their application; it is ours.
  for (const view of [engine.request, engine.response])
    Object.defineProperty(view, 'app', { value: host, writable: true, configurable: true })
  for (const [name, value] of Object.entries(host.settings)) engine.set(name, value)
  engine.locals = host.locals
  const passages = new WeakMap<object, Passage>()
  let ready = false
  return {
    engine,
    slot: () => new ExpressSlot(host, engine),
    run(req, res, passage) {
      // Express reads its settings for routers at its first layer, so that one comes with the first request.
      if (!ready)
        engine.use((raw: IncomingMessage, response: ServerResponse, next: Next) => walk(passages.get(raw)!, { raw, response, next }))
      ready = true
      passages.set(req, passage)
      enter(engine, { req, res, done: passage.done })
    },
  }
}

interface Entering {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly done: Next
}

/** The request is an Express request as long as Express has it: its getters would be in the way of what comes after. */
function enter(engine: ExpressApplication, { req, res, done }: Entering): void {
  const before = Object.getPrototypeOf(req) as object
  if (before !== IncomingMessage.prototype) pin(req, IncomingMessage.prototype)
  if (Object.getPrototypeOf(res) !== ServerResponse.prototype) pin(res, ServerResponse.prototype)
  let left = false
  engine(req, res, (error) => {
    if (left) return
    left = true
    Object.setPrototypeOf(req, before)
    done(error)
  })
}

/** Requests that no socket brought have methods of their own kind; they keep them whatever Express makes of the kind. */
function pin(object: object, kind: object): void {
  for (
    let own = Object.getPrototypeOf(object) as object | null;
    own && own !== kind && !nodeKinds.has(own);
    own = Object.getPrototypeOf(own) as object | null
  ) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(own)))
      if (name !== 'constructor' && !Object.hasOwn(object, name)) Object.defineProperty(object, name, descriptor)
  }
}

const nodeKinds: ReadonlySet<object> = new Set([Readable.prototype, IncomingMessage.prototype, ServerResponse.prototype, Object.prototype])

interface Walking {
  readonly raw: IncomingMessage
  readonly response: ServerResponse
  readonly next: Next
}

function walk({ slots, error }: Passage, { raw, response, next }: Walking): void {
  const step = (index: number, failed: unknown): void => {
    const slot = slots[index] as ExpressSlot | undefined
    if (!slot) return next(failed)
    slot.run(raw, response, { failure: failed, next: (problem) => step(index + 1, problem) })
  }
  step(0, error)
}
