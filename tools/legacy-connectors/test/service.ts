import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Row = Record<string, unknown>

/** What a service was asked: `POST /pens {"name":"quill"}`. */
export interface Asked {
  readonly line: string
  readonly body: unknown
}

/** A service over HTTP with a collection of rows, as simple ones are: it knows ids, `limit` and `offset`, and no conditions. */
export class Service {
  readonly asked: Asked[] = []
  readonly rows = new Map<number, Row>()
  url = ''
  #server: Server | undefined

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url!, this.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const body: unknown = text ? JSON.parse(text) : undefined
    this.asked.push({ line: `${request.method} ${at.pathname}`, body })
    const [status, answer] = at.pathname.startsWith('/pens')
      ? this.#pens(request.method!, { id: Number(at.pathname.split('/')[2]), at, body: body as Row })
      : [
          at.pathname === '/broken' ? 503 : 200,
          { path: at.pathname, query: Object.fromEntries(at.searchParams), head: request.headers['x-key'], body },
        ]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  #pens(method: string, { id, at, body }: { readonly id: number; readonly at: URL; readonly body: Row }): [number, unknown] {
    if (method === 'POST') {
      const made = { ...body, id: this.rows.size + 1 }
      this.rows.set(made.id, made)
      return [201, made]
    }
    if (method === 'DELETE' && !id) return (this.rows.clear(), [200, {}])
    if (!id) {
      const [offset, limit] = ['offset', 'limit'].map((name) => at.searchParams.get(name))
      const from = Number(offset ?? 0)
      return [200, [...this.rows.values()].slice(from, limit ? from + Number(limit) : undefined)]
    }
    const row = this.rows.get(id)
    if (!row) return [404, { error: 'not here' }]
    if (method === 'PUT') this.rows.set(id, { ...row, ...body })
    if (method === 'DELETE') this.rows.delete(id)
    return [200, this.rows.get(id) ?? {}]
  }
}
