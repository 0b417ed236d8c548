import { listSerializer } from '../serialize/compile-serializer'
import type { SharedMethod } from '../contract/shared-method'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { cleanBody } from '../http/poison'
import type { Wire } from '../http/wire'
import { callContext, type Caller } from '../invoke/call-context'
import { Callables } from '../invoke/callables'
import type { CompiledCall } from '../invoke/compile-call'
import type { Given, HttpContext } from '../invoke/context'
import { runCall } from '../invoke/run-call'
import { cancel, streamIn, streamReturn, type StreamSource } from '../stream/source'
import { failure, idOf, readRequest, type RpcReply, type RpcRequest } from './message'

/** What a transport adds to who calls. */
export interface RpcCaller extends Caller {
  /** Class that method names belong to, when they are given without one. */
  readonly className?: string
  /** Takes a stream; gives what the call is answered with. Without it streams are refused. */
  readonly subscribe?: (source: StreamSource, context: HttpContext) => unknown
  /** Answers methods of the transport itself, which begin with `$`; undefined for others. */
  readonly control?: (request: RpcRequest) => { readonly result: unknown } | undefined
}

/** Answers JSON-RPC 2.0 messages by calling shared methods, through the same steps as over HTTP. */
export class RpcDispatcher {
  readonly #remotes: RemoteObjects
  readonly #wire: Wire
  readonly #callables: Callables

  constructor(remotes: RemoteObjects, wire: Wire) {
    this.#remotes = remotes
    this.#wire = wire
    this.#callables = new Callables(remotes)
  }

  /**
   * Answers a message.
   *
   * @param text one request, or a list of them
   * @param caller who sent it
   * @returns the reply, or undefined where nobody waits for one
   */
  async answer(text: string, caller: RpcCaller): Promise<RpcReply | readonly RpcReply[] | undefined> {
    let message: unknown
    try {
      message = this.#parsed(text)
      if (!Array.isArray(message)) return await this.#answerOne(message, caller)
      const limit = this.#remotes.limits.batch.rpc
      if (message.length === 0) throw errors.RPC_REQUEST_INVALID({ problem: 'the batch is empty' })
      if (message.length > limit) throw errors.BATCH_TOO_LARGE({ limit, setting: 'limits.batch.rpc' })
    } catch (error) {
      return failure(this.#remotes, null, error)
    }
    const replies = await Promise.all((message as readonly unknown[]).map((one) => this.#answerOne(one, caller)))
    const wanted = replies.filter((reply) => reply !== undefined)
    return wanted.length === 0 ? undefined : wanted
  }

  #parsed(text: string): unknown {
    let message: unknown
    try {
      message = JSON.parse(text)
    } catch (error) {
      throw errors.REMOTING_BODY_SYNTAX({ problem: (error as Error).message })
    }
    return cleanBody(message, this.#remotes.limits.body.depth)
  }

  async #answerOne(given: unknown, caller: RpcCaller): Promise<RpcReply | undefined> {
    let request: RpcRequest | undefined
    try {
      request = readRequest(given)
      const result = caller.control?.(request)?.result ?? (await this.#call(request, caller))
      return request.id === undefined ? undefined : { jsonrpc: '2.0', id: request.id, result: result ?? null }
    } catch (error) {
      return request && request.id === undefined ? undefined : failure(this.#remotes, request?.id ?? idOf(given), error)
    }
  }

  async #call(request: RpcRequest, caller: RpcCaller): Promise<unknown> {
    const name = caller.className === undefined ? request.method : `${caller.className}.${request.method}`
    const call = this.#callables.find(name)
    if (!call) throw errors.RPC_METHOD_UNKNOWN({ name: name.slice(0, 200) })
    const { method } = call
    const context = callContext({ method, caller, wire: this.#wire, given: givenBy(request.params, call) })
    const result = await runCall(call, context)
    const declared = streamReturn(method)
    const source = declared && streamIn(result, declared)
    if (source) return this.#subscribe(source, { context, caller })
    if (Buffer.isBuffer(result)) return { $type: 'base64', $data: result.toString('base64') }
    if (isStream(result)) {
      cancel(result)
      throw errors.STREAM_OUT_OF_PLACE({ where: 'a JSON-RPC reply' })
    }
    return this.#shown(result, method)
  }

  /** As on other wires, a reply leaves out what a model hides, also where a method gives the plain data of an instance. */
  #shown(result: unknown, method: SharedMethod): unknown {
    const type = method.returns.find(({ root }) => root)?.type
    const name: unknown = Array.isArray(type) ? type[0] : type
    const write = typeof name === 'string' ? this.#remotes.serializer(name) : undefined
    if (!write || typeof result !== 'object' || result === null) return result
    return JSON.parse((Array.isArray(result) ? listSerializer(write) : write)(result)!) as unknown
  }

  #subscribe(source: StreamSource, { context, caller }: { readonly context: HttpContext; readonly caller: RpcCaller }): unknown {
    try {
      if (!caller.subscribe) throw errors.STREAM_OUT_OF_PLACE({ where: 'a JSON-RPC reply over HTTP' })
      return caller.subscribe(source, context)
    } catch (error) {
      cancel(source)
      throw error
    }
  }
}

/** Arguments by name; those of the constructor come first where they are given by position. */
function givenBy(params: RpcRequest['params'], { positions, methodString }: CompiledCall): Given {
  if (!Array.isArray(params)) return { args: params as Given['args'], ctorArgs: params as Given['args'] }
  const list = params as readonly unknown[]
  const split = positions.ctorArgs.length
  const most = split + positions.args.length
  if (list.length > most)
    throw errors.REMOTING_ARGUMENT_INVALID({ problem: `${methodString} takes ${most} arguments, not ${list.length}.` })
  const named = (names: readonly string[], from: number) => Object.fromEntries(names.map((name, index) => [name, list[from + index]]))
  return { ctorArgs: named(positions.ctorArgs, 0), args: named(positions.args, split) }
}

function isStream(value: unknown): value is StreamSource {
  return typeof value === 'object' && value !== null && typeof (value as { pipe?: unknown }).pipe === 'function'
}
