import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application, MiddlewarePath, Slot } from '@reloop/core'
import type { ExpressApplication, Next, Router } from './express-types'
import { express } from './load'
import { isApplication, mounted } from './mount'
import { settled } from './settled'

/** Something that was added to a slot, and how to add it to a router again. */
interface Addition {
  /** Path that it was added for, or the route that `route` gave. */
  readonly key: unknown
  readonly add: (router: Router) => void
}

/** Handlers of one place: a router of Express. */
export class ExpressSlot implements Slot {
  readonly #host: Application
  readonly #engine: ExpressApplication
  readonly #failures = new WeakMap<object, unknown>()
  readonly #params: ((router: Router) => void)[] = []
  readonly #routeRouters: Router[] = []
  #additions: Addition[] = []
  #router: Router | undefined

  constructor(host: Application, engine: ExpressApplication) {
    this.#host = host
    this.#engine = engine
  }

  use(path: MiddlewarePath, handlers: readonly unknown[]): void {
    const members = handlers.map((handler) =>
      isApplication(handler) ? mounted(handler, { path: String(path), host: this.#host, engine: this.#engine }) : settled(handler),
    )
    this.#add({ key: path, add: (router) => router.use(path, ...members) })
  }

  verb(verb: string, path: MiddlewarePath, handlers: readonly unknown[]): void {
    this.#add({ key: path, add: (router) => (router[verb] as (...args: unknown[]) => unknown)(path, ...handlers.map(settled)) })
  }

  /** A route has a router of its own, so that it can be taken out again. */
  route(path: MiddlewarePath): unknown {
    const own = this.#makeRouter()
    for (const add of this.#params) add(own)
    const route = own.route(path)
    this.#routeRouters.push(own)
    this.#add({ key: route, add: (router) => router.use(own) })
    return route
  }

  param(name: unknown, handler: unknown): void {
    const add = (router: Router) => router.param(name, handler)
    this.#params.push(add)
    for (const own of this.#routeRouters) add(own)
    this.#add({ key: undefined, add })
  }

  remove(route: unknown): void {
    const kept = this.#additions.filter(({ key }) => key === undefined || key !== route)
    if (kept.length === this.#additions.length) return
    this.#additions = kept
    this.#router = undefined
  }

  /** Sends a request through the handlers; with an error, through those that handle errors. */
  run(req: IncomingMessage, res: ServerResponse, { failure, next }: { readonly failure: unknown; readonly next: Next }): void {
    if (this.#additions.length === 0) return next(failure)
    if (failure === undefined || failure === null) this.#failures.delete(req)
    else this.#failures.set(req, failure)
    this.#current()(req, res, next)
  }

  #add(addition: Addition): void {
    this.#additions.push(addition)
    if (this.#router) addition.add(this.#router)
  }

  #current(): Router {
    if (this.#router) return this.#router
    const router = this.#makeRouter()
    // A router cannot be entered with an error, so the first of its layers raises it.
    router.use((req: IncomingMessage, _res: ServerResponse, next: Next) => next(this.#failures.get(req)))
    for (const { add } of this.#additions) add(router)
    return (this.#router = router)
  }

  #makeRouter(): Router {
    const enabled = (name: string) => Boolean(this.#host.get(name))
    return express.Router({ caseSensitive: enabled('case sensitive routing'), strict: enabled('strict routing') })
  }
}
