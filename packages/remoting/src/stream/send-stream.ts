import type { ServerResponse } from 'node:http'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { wireErrorOf } from '../http/wire-error'
import type { HttpContext } from '../invoke/context'
import { insideBatch } from '../batch/inside'
import { streamForm, type StreamForm } from './forms'
import { rememberOpen } from './open-streams'
import { takePlace } from './places'
import { pump } from './pump'
import { cancel, isOverflowing, type StreamSource } from './source'
import { watchAccess } from './watch'

/**
 * Replies with a stream of values: server-sent events, or one JSON value per line.
 *
 * The source is read no faster than the client reads. It is cancelled when the client goes away, reads too slowly or loses access.
 *
 * @param context the call
 * @param source what the method returned
 * @param remotes limits and hooks
 * @throws STREAM_TOO_MANY, STREAM_OUT_OF_PLACE; the source is cancelled then
 */
export function sendStream(context: HttpContext, source: StreamSource, remotes: RemoteObjects): void {
  const { reply, request } = context
  const form = streamForm(context.query._format, request.headers)
  if (!form || request.raw.method === 'HEAD') {
    cancel(source)
    if (form) return void reply.headers(form.headers).send()
    return void reply.code(406).header('content-type', 'text/plain; charset=utf-8').send('Not Acceptable')
  }
  const release = placeFor(context, source, remotes)
  reply.hijack()
  const response = reply.raw
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...form.headers }))
    if (value !== undefined) response.setHeader(name, value)
  response.writeHead(response.statusCode)
  response.write(form.opening)
  run({ context, source, remotes, form, response, release })
}

function placeFor(context: HttpContext, source: StreamSource, remotes: RemoteObjects): () => void {
  try {
    // A part of a batch is answered whole, which an endless stream never is.
    if (insideBatch()) throw errors.STREAM_OUT_OF_PLACE({ where: 'a batch' })
    return takePlace(context, remotes)
  } catch (error) {
    cancel(source)
    throw error
  }
}

interface Running {
  readonly context: HttpContext
  readonly source: StreamSource
  readonly remotes: RemoteObjects
  readonly form: StreamForm
  readonly response: ServerResponse
  readonly release: () => void
}

function run({ context, source, remotes, form, response, release }: Running): void {
  const { heartbeat, buffer } = remotes.limits.stream
  const closeWith = (error: unknown) => {
    stop()
    response.end(form.error(wireErrorOf(remotes, error)))
    // A client that does not read will not read the reason either: it must not hold the connection.
    if (response.writableLength > buffer) response.destroy()
  }
  const stop = pump(source, {
    write(value) {
      const flows = response.write(form.item(value))
      if (response.writableLength > buffer) throw errors.STREAM_TOO_SLOW({ limit: buffer })
      return flows || isOverflowing(source) ? undefined : roomFor(response, source, { patience: heartbeat * 4, limit: buffer })
    },
    end: () => void response.end(form.closing),
    fail: closeWith,
  })
  const timer = setInterval(() => response.write(form.heartbeat), heartbeat)
  timer.unref()
  const unwatch = watchAccess(remotes, { req: context.req, context, close: closeWith })
  const forget = rememberOpen(remotes, () => {
    stop()
    response.end(form.closing)
  })
  const finish = () => {
    clearInterval(timer)
    forget()
    unwatch()
    release()
    stop()
  }
  if (response.destroyed) finish()
  else response.once('close', finish)
  // Once the reply is written whole, a connection that is kept alive is nobody's stream any more.
  response.once('finish', finish)
}

/** Waits until the client has read on, or until the source cannot wait: one that pushes its values fills the memory instead. */
function roomFor(response: ServerResponse, source: StreamSource, { patience, limit }: { patience: number; limit: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const until = Date.now() + patience
    const leave = () => {
      clearInterval(timer)
      response.off('drain', done)
      response.off('close', done)
    }
    const done = () => {
      leave()
      resolve()
    }
    const timer = setInterval(() => {
      if (isOverflowing(source)) return done()
      if (Date.now() < until) return
      leave()
      reject(errors.STREAM_TOO_SLOW({ limit }))
    }, 50)
    response.once('drain', done)
    response.once('close', done)
  })
}
