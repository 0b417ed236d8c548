import { readFileSync } from 'node:fs'
import type { Application } from '../app/application'
import { argumentsOf, firstPath } from './entry-config'
import type { TwinEntry } from './twins'

/** `GET /favicon.ico`: the file that the entry names, else nothing, so that browsers do not ask again. */
export function useFavicon(app: Application, { params }: TwinEntry): void {
  const icon = iconOf(argumentsOf(params)[0])
  app.fastify.get('/favicon.ico', (_request, reply) =>
    icon
      ? reply.header('content-type', 'image/x-icon').header('cache-control', 'public, max-age=86400').send(icon)
      : reply.code(204).send(),
  )
}

/** The icon of a file or of its content. */
export function iconOf(given: unknown): Buffer | undefined {
  if (Buffer.isBuffer(given)) return given
  return typeof given === 'string' ? readFileSync(given) : undefined
}

/** When the application was started and how long ago. */
export function useStatus(app: Application, { paths }: TwinEntry): void {
  app.fastify.get(firstPath(paths, '/'), statusOf())
}

/** Gives `{ started, uptime }`, uptime in seconds since now. */
export function statusOf(): () => { readonly started: Date; readonly uptime: number } {
  const started = new Date()
  return () => ({ started, uptime: (Date.now() - started.getTime()) / 1000 })
}
