import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Application } from '@reloop/core'
import type { ExpressApplication, Handler, Next } from './express-types'

/** An application that can be mounted in another one: of Express, or one of ours. */
interface Mountable extends EventEmitter {
  mountpath: string
  parent: unknown
  handle(req: IncomingMessage, res: ServerResponse, next: Next): void
  set(name: string, value: unknown): unknown
}

/** Where an application is mounted. */
interface Mount {
  readonly path: string
  readonly host: Application
  readonly engine: ExpressApplication
}

/** Whether a handler is a whole application. */
export function isApplication(handler: unknown): handler is Mountable {
  const { handle, set } = handler as Partial<Mountable>
  return typeof handler === 'function' && typeof handle === 'function' && typeof set === 'function'
}

/** Mounts an application: it learns where, and gives requests back as they were. */
export function mounted(child: Mountable, { path, host, engine }: Mount): Handler {
  child.mountpath = path
  child.parent = host
  const handler: Handler = (req, res, next) => {
    const [request, response] = [Object.getPrototypeOf(req) as object, Object.getPrototypeOf(res) as object]
    child.handle(req, res, (error) => {
      Object.setPrototypeOf(req, request)
      Object.setPrototypeOf(res, response)
      next(error)
    })
  }
  // Applications of Express take over settings and members of their parent's.
  child.emit('mount', 'registry' in child ? host : engine)
  return handler
}
