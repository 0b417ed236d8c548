import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Served } from './serve'

/** Lets a server listen; gives its origin, such as `http://127.0.0.1:4711`. */
export async function listen(server: Pick<Served, 'fastify'>): Promise<string> {
  await server.fastify.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(server.fastify.server.address() as AddressInfo).port}`
}

/** A client that sends a request and then reads nothing. */
export function lazyClient(origin: string, path: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket: Socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      socket.pause()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
      resolve(socket)
    })
  })
}

/** Reads a streamed reply until it has the wanted text, or ends. */
export async function readUntil(reply: Response, wanted: string | RegExp): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  const reader = reply.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
    if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) {
      await reader.cancel()
      return text
    }
  }
}

/** Waits until something is so; fails after 5 s. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Not within 5 s: ${String(condition)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
