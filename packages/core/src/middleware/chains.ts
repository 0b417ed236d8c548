import type { Application } from '../app/application'
import type { MiddlewareChain } from './chain'

const chains = new WeakMap<Application, MiddlewareChain>()

/** Gives an application its chain of handlers. */
export function setChain(app: Application, chain: MiddlewareChain): void {
  chains.set(app, chain)
}

/** The chain of handlers of an application. */
export function chainOf(app: Application): MiddlewareChain {
  return chains.get(app)!
}
