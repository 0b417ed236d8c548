import type { Readable } from 'node:stream'
import type { RemoteObjects } from '../contract/remote-objects'
import type { ReturnOptions } from '../contract/method-options'
import type { NamedOptions } from '../contract/shared-method'
import type { TypeName } from '../contract/type-name'
import { errors } from '../errors'
import { compileCall, type CompiledCall } from '../invoke/compile-call'
import type { HttpContext } from '../invoke/context'
import { listSerializer, type Serializer } from '../serialize/compile-serializer'
import { writeValue } from '../serialize/write'
import { sendStream } from '../stream/send-stream'
import { isStreamSource, streamIn, streamReturn } from '../stream/source'
import type { Entry } from './class-table'
import { contentType, jsonType } from './headers'
import { Negotiation } from './negotiate'

/** An endpoint made ready: how its method runs and how its result becomes a reply. */
export interface CompiledRoute extends CompiledCall {
  /** Replies with the result that is in the context. */
  readonly reply: (context: HttpContext) => void
  readonly errorStatus: number | undefined
}

/** Compiles an endpoint for the hooks, types and settings as they are. */
export function compileRoute(entry: Entry, remotes: RemoteObjects): CompiledRoute {
  const call = compileCall(entry.method, remotes)
  return { ...call, reply: replier(entry, remotes), errorStatus: entry.route.errorStatus }
}

function replier(entry: Entry, remotes: RemoteObjects): (context: HttpContext) => void {
  const { method, route } = entry
  const root = method.returns.find((returned) => returned.root && !returned.http?.target)
  if (root?.type === 'file') return (context) => sendFile(context, route.status)
  const stream = streamReturn(method)
  if (stream) return (context) => sendStreamOf(context, { stream, remotes, status: route.status })
  if (route.pipe?.dest === 'res') return (context) => pipe(context, route.status)
  const write = serializerOf(root, remotes)
  const negotiation = new Negotiation(remotes, root?.xml)
  return (context) => {
    const { reply, result } = context
    if (isOver(context)) return
    if (route.status !== undefined && reply.raw.statusCode === 200) reply.raw.statusCode = route.status
    if (result === undefined) return sendNothing(context)
    // A list that is read while it is sent.
    if (isStreamSource(result)) return sendStream(context, result, remotes)
    const format = negotiation.formatOf(context)
    if (format === 'json') return sendJson(context, write(result))
    if (format === 'lines') return sendStream(context, itemsOf(result), remotes)
    negotiation.send(context, format)
  }
}

/** The items of a list, one by one; anything else is an item itself. */
async function* itemsOf(result: unknown): AsyncGenerator<unknown> {
  yield* Array.isArray(result) ? (result as unknown[]) : [result]
}

/** A method that declares a stream of values, and returned none, has nothing to reply. */
function sendStreamOf(context: HttpContext, { stream, remotes, status }: Streaming): void {
  if (isOver(context)) return
  if (status !== undefined && context.reply.raw.statusCode === 200) context.reply.raw.statusCode = status
  const source = streamIn(context.result, stream)
  if (source) sendStream(context, source, remotes)
  else sendNothing(context)
}

interface Streaming {
  readonly stream: NonNullable<ReturnType<typeof streamReturn>>
  readonly remotes: RemoteObjects
  readonly status: number | undefined
}

/** Known types are written by their serializer; everything else by JSON.stringify. */
function serializerOf(root: NamedOptions<ReturnOptions> | undefined, remotes: RemoteObjects): Serializer {
  if (!root) return writeValue
  const single = remotes.serializer(nameOf(root.type))
  if (!single) return writeValue
  return typeof root.type === 'string' ? single : listSerializer(single)
}

function nameOf(type: TypeName): string {
  return typeof type === 'string' ? type : type[0]
}

function sendJson({ reply }: HttpContext, text: string | undefined): void {
  if (contentType(reply) === undefined) reply.header('content-type', jsonType)
  reply.send(text ?? '')
}

function sendNothing({ reply }: HttpContext): void {
  if (contentType(reply) === undefined) reply.header('content-type', jsonType)
  if (reply.raw.statusCode === 200) reply.raw.statusCode = 204
  reply.send()
}

/** A file keeps the content type that the method set; LoopBack's default is JSON. */
function sendFile(context: HttpContext, status: number | undefined): void {
  const { reply, result } = context
  if (isOver(context)) return
  if (status !== undefined && reply.raw.statusCode === 200) reply.raw.statusCode = status
  if (!(typeof result === 'string' || Buffer.isBuffer(result) || isStream(result)))
    throw errors.REMOTING_RESULT_NO_FILE({ type: typeof result })
  if (contentType(reply) === undefined) reply.header('content-type', jsonType)
  reply.send(result)
}

function pipe(context: HttpContext, status: number | undefined): void {
  if (isOver(context)) return
  if (status !== undefined) context.reply.raw.statusCode = status
  const { result } = context
  if (isStream(result)) context.reply.send(result)
  else sendNothing(context)
}

/** Whether user code has replied already. */
function isOver({ reply }: HttpContext): boolean {
  return reply.raw.headersSent || reply.raw.writableEnded
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && typeof (value as { pipe?: unknown }).pipe === 'function'
}
