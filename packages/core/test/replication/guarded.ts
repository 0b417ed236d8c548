import type { AddressInfo } from 'node:net'
import { kGuard, type Guard } from '@reloop/juggler'
import { createApplication, createRegistry, type Application, type ApplicationOptions, type SharedModel } from '../../src'

/** A server of notes, each of which belongs to somebody; who asks stands in the header `x-owner`, nobody sees all. */
export interface NoteServer {
  readonly app: Application
  readonly Note: SharedModel
  readonly url: string
  /** Rules by owner; they may be changed. */
  readonly guards: Record<string, Guard | undefined>
  stop(): Promise<void>
}

/** Sees and writes what is theirs, and no property `grade`. */
const ownRows =
  (owner: string): Guard =>
  () => ({ where: { owner }, hidden: ['grade'] })

export async function noteServer(options: ApplicationOptions = {}, settings: Record<string, unknown> = {}): Promise<NoteServer> {
  const app = createApplication({ registry: createRegistry({ compat: 'modern' }), ...options })
  app.set('remoting', { errorHandler: { log: false } })
  app.dataSource('db', { connector: 'memory' })
  const Note = app.registry.createModel({
    name: 'Note',
    properties: {
      id: { type: 'string', id: true },
      owner: 'string',
      title: 'string',
      grade: 'number',
      due: 'date',
      secret: 'string',
    },
    options: { trackChanges: true, changeCleanupInterval: -1, hidden: ['secret'], ...settings },
  })
  const guards: Record<string, Guard | undefined> = { ada: ownRows('ada'), bob: ownRows('bob') }
  Note.createOptionsFromRemotingContext = (context: unknown) => {
    const owner = (context as { request: { headers: Record<string, string> } }).request.headers['x-owner']
    const guard = owner === undefined ? undefined : guards[owner]
    return guard ? { [kGuard]: guard } : {}
  }
  app.model(Note, { dataSource: 'db' })
  const server = await new Promise<import('node:http').Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  return { app, Note, guards, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/Notes`, stop: () => app.stop() }
}

/** Asks as somebody. */
export async function ask(url: string, owner?: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
  const headers = { 'content-type': 'application/json', ...(owner && { 'x-owner': owner }) }
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), text }
}
