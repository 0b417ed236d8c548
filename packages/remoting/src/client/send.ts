import { errors } from '../errors'
import type { Connection } from './connection'
import type { ClientRequest } from './request-of'

/** What accompanies one call. */
export interface SendOptions {
  /** Gives the call up. */
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}

/** A reply whose head has come; the body is read, or left to whoever wants a stream. */
export interface Sent {
  readonly response: Response
  /** Reads the body within the bounds of time and size. */
  bytes(): Promise<Buffer>
  /** Lifts the bound of time: the body is a stream. */
  release(): void
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const passing: ReadonlySet<number> = new Set([502, 503, 504])

/**
 * Sends a request. Only verbs that change nothing are tried again.
 *
 * @param request what to send
 * @param connection where to, and the bounds
 * @param options signal and headers of this call
 * @throws CLIENT_UNREACHABLE, CLIENT_TIMEOUT; what the signal aborted with
 */
export async function send(request: ClientRequest, connection: Connection, options: SendOptions = {}): Promise<Sent> {
  const attempts = safe.has(request.verb) ? connection.retries + 1 : 1
  const deadline = Date.now() + connection.timeout
  for (let attempt = 1; ; attempt++) {
    const last = attempt === attempts
    try {
      const sent = await sendOnce(request, connection, { ...options, deadline })
      if (last || !passing.has(sent.response.status)) return sent
      sent.release()
      await sent.response.body?.cancel()
    } catch (error) {
      if (last || (error as { code?: unknown }).code !== 'CLIENT_UNREACHABLE') throw error
    }
    // Half of the pause is left to chance, so that many clients do not come back at once.
    await pause(Math.min(100 * 2 ** (attempt - 1), 2000) * (0.5 + Math.random() / 2), options.signal)
  }
}

async function sendOnce(
  { verb, path, headers, body }: ClientRequest,
  connection: Connection,
  { signal, headers: further, deadline }: SendOptions & { readonly deadline: number },
): Promise<Sent> {
  const { host, timeout, maxReply } = connection
  const controller = new AbortController()
  const late = errors.CLIENT_TIMEOUT({ host, milliseconds: timeout })
  const timer = setTimeout(() => controller.abort(late), Math.max(0, deadline - Date.now()))
  const signals = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal
  const failed = (error: unknown) => {
    clearTimeout(timer)
    if (signals.aborted) return signals.reason as Error
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
    return errors.CLIENT_UNREACHABLE({ host, reason: cause?.code ?? cause?.message ?? message }, { cause: error })
  }
  try {
    const init = {
      method: verb,
      headers: { accept: 'application/json', ...connection.headers, ...headers, ...further },
      body,
      signal: signals,
    }
    // A redirect could lead anywhere, with the arguments of the call.
    const response = await connection.fetch(connection.base + path, { ...init, redirect: 'error' })
    const bytes = async () => {
      try {
        return await read(response, host, maxReply)
      } catch (error) {
        throw (error as { code?: unknown }).code === 'CLIENT_REPLY_TOO_LARGE' ? error : failed(error)
      } finally {
        clearTimeout(timer)
      }
    }
    return { response, bytes, release: () => clearTimeout(timer) }
  } catch (error) {
    throw failed(error)
  }
}

async function read(response: Response, host: string, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const body = response.body as AsyncIterable<Uint8Array> | null
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > limit) throw errors.CLIENT_REPLY_TOO_LARGE({ host, limit })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal!.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
}
