import { statusOf, type WireError } from '@reloop/errors'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { wireErrorOf } from '../http/wire-error'

/** What a client may call a call. */
export type RpcId = string | number | null

/** A call as it came, checked. */
export interface RpcRequest {
  readonly method: string
  readonly params: readonly unknown[] | Readonly<Record<string, unknown>>
  /** Undefined: a notification, which nobody waits for. */
  readonly id: RpcId | undefined
}

/** What is sent back. */
export type RpcReply =
  | { readonly jsonrpc: '2.0'; readonly id: RpcId; readonly result: unknown }
  | {
      readonly jsonrpc: '2.0'
      readonly id: RpcId
      readonly error: { readonly code: number; readonly message: string; readonly data?: WireError }
    }

/** The codes that the specification names. */
const rpcCodes = Object.freeze({ parse: -32700, request: -32600, method: -32601, params: -32602, internal: -32603, refused: -32000 })

/** Checks a request. Throws RPC_REQUEST_INVALID. */
export function readRequest(given: unknown): RpcRequest {
  const invalid = (problem: string) => errors.RPC_REQUEST_INVALID({ problem })
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('expected an object')
  const { jsonrpc, method, params = [], id } = given as Readonly<Record<string, unknown>>
  if (jsonrpc !== '2.0') throw invalid('"jsonrpc" must be "2.0"')
  if (typeof method !== 'string') throw invalid('"method" must be text')
  if (typeof params !== 'object' || params === null) throw invalid('"params" must be a list or an object')
  if (!isId(id)) throw invalid('"id" must be text, a number or null')
  return { method, params: params as RpcRequest['params'], id }
}

/** The id of a request, as far as it has one. */
export function idOf(given: unknown): RpcId {
  const id = typeof given === 'object' && given !== null ? (given as { id?: unknown }).id : undefined
  return isId(id) && id !== undefined ? id : null
}

function isId(id: unknown): id is RpcId | undefined {
  return id === undefined || id === null || typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id))
}

/** An error as a reply; clients see no more of it than over REST. */
export function failure(remotes: RemoteObjects, id: RpcId, error: unknown): RpcReply {
  const data = wireErrorOf(remotes, error)
  return { jsonrpc: '2.0', id, error: { code: codeOf(error), message: data.message, data } }
}

function codeOf(error: unknown): number {
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'REMOTING_BODY_SYNTAX') return rpcCodes.parse
  if (code === 'RPC_METHOD_UNKNOWN') return rpcCodes.method
  if (typeof code === 'string' && code.startsWith('REMOTING_ARGUMENT_')) return rpcCodes.params
  if (typeof code === 'string' && /^(RPC_REQUEST_INVALID|BATCH_|REMOTING_KEY_|REMOTING_BODY_)/.test(code)) return rpcCodes.request
  return statusOf(error) >= 500 ? rpcCodes.internal : rpcCodes.refused
}
