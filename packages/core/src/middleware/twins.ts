import type { Application } from '../app/application'
import { mountJsonRpc } from '../app/transports'
import { errors } from '../errors'
import { addContexts } from './contexts'
import { addCors } from './cors'
import { optionsOf, firstPath, type MiddlewareConfig } from './entry-config'
import type { Next } from './bridge'
import { chainOf } from './chains'
import { useBodyParser } from './body-parsers'
import { useErrorHandler } from './error-handler'
import { helmetParts } from './helmet-parts'
import { useFavicon, useStatus } from './favicon-and-status'
import { useCompression, useHelmet } from './plugins'
import { useStatic } from './static-files'
import { useToken } from './token'

/** An entry of middleware.json that is done without a handler of its own, and the place where it would stand. */
export type TwinEntry = Pick<MiddlewareConfig, 'params' | 'paths' | 'methods'> & { readonly place: string }

/** Does what an entry is for. */
export type Twin = (app: Application, entry: TwinEntry) => void

/** The middleware of LoopBack's projects that Reloop has in itself, by the names that middleware.json knows. */
const twins: Readonly<Record<string, Twin>> = {
  'loopback#rest': useRest,
  'loopback#token': useToken,
  jsonrpc: (app, { paths }) => void app.fastify.register(mountJsonRpc, { app, prefix: firstPath(paths, '/').replace(/\/+$/, '') }),
  'loopback#status': useStatus,
  'loopback#favicon': useFavicon,
  'loopback#static': useStatic,
  'loopback#urlNotFound': useUrlNotFound,
  'loopback#errorHandler': useErrorHandler,
  'loopback#context': (app) => addContexts(app),
  'strong-error-handler': useErrorHandler,
  errorhandler: useErrorHandler,
  cors: (app, { params }) => addCors(app, optionsOf(params)),
  compression: useCompression,
  helmet: useHelmet,
  ...helmetParts,
  'serve-static': useStatic,
  'serve-favicon': useFavicon,
  'body-parser': useBodyParser('json', 'urlencoded'),
  'body-parser#json': useBodyParser('json'),
  'body-parser#urlencoded': useBodyParser('urlencoded'),
  'body-parser#raw': useBodyParser('raw'),
  'body-parser#text': useBodyParser('text'),
}

/** The twin of a name, or undefined. */
export function twinOf(name: unknown): Twin | undefined {
  return typeof name === 'string' && Object.hasOwn(twins, name) ? twins[name] : undefined
}

/** The API stands at this path, and in this place among the handlers. */
function useRest(app: Application, { paths, place }: TwinEntry): void {
  app.set('restApiRoot', firstPath(paths, String(app.get('restApiRoot'))))
  chainOf(app).addPassive(place, 'rest')
}

/** Handlers of errors that come after it hear of unknown paths. */
function useUrlNotFound(app: Application, { place }: TwinEntry): void {
  const handler = (req: { method: string; originalUrl: string }, _res: unknown, next: Next) =>
    next(errors.URL_NOT_FOUND({ verb: req.method, url: req.originalUrl }))
  chainOf(app).addPassive(place, (slot) => slot.use('/', [handler]))
}
