import { Server } from 'socket.io'
import { io as connect4 } from 'socket.io-client'
import { serveSocketIo, type RemoteObjects, type RequestView } from '../../src'
import { guard, notes } from '../json-rpc/notes'
import { listen, until } from '../listen'
import { closeAll, serve } from '../serve'

const connect2 = require('socket.io-client-2') as (url: string, options: object) => any

let io: Server
const clients: any[] = []

async function start(prepare?: (remotes: RemoteObjects) => void, limits: object = {}) {
  const server = await serve(notes, {
    options: { limits },
    prepare(remotes) {
      guard(remotes)
      prepare?.(remotes)
    },
  })
  io = new Server(server.fastify.server, { allowEIO3: true })
  serveSocketIo(io, {
    remotes: server.remotes,
    authenticate: (req: RequestView) => {
      if (req.get('x-user') === 'eve') return false
      req.user = req.get('x-user')
      return true
    },
  })
  return { ...server, origin: await listen(server) }
}

const options = (headers: Record<string, string>) => ({
  extraHeaders: headers,
  transportOptions: { polling: { extraHeaders: headers } },
  forceNew: true,
  reconnection: false,
})

function client(kind: string, origin: string, headers: Record<string, string> = {}): any {
  const made = kind === '4' ? connect4(origin, options(headers)) : connect2(origin, options(headers))
  clients.push(made)
  return made
}

let count = 0
const invoke = (socket: any, name: unknown, args?: unknown, ctorArgs: unknown = {}): Promise<any> =>
  new Promise((resolve) => {
    const id = ++count
    const listener = (reply: { id: number }) => {
      if (reply.id !== id) return
      socket.off('result', listener)
      resolve(reply)
    }
    socket.on('result', listener)
    socket.emit('invoke', name, ctorArgs, args, id)
  })

afterEach(async () => {
  for (const one of clients.splice(0)) one.close()
  await io.close()
  await closeAll()
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

describe.each(['4', '2'])('a client of socket.io %s', (kind) => {
  it('invokes methods of classes and of records, by name and by position', async () => {
    const { origin } = await start()
    const socket = client(kind, origin, { 'x-user': 'ada' })
    expect(await invoke(socket, 'Note.add', { a: 1, b: 2 })).toMatchObject({
      data: { sum: 3, options: { user: 'ada' } },
      methodString: 'Note.add',
      __types__: { sum: 'object' },
    })
    expect(await invoke(socket, 'Note.add', [1, 2])).toMatchObject({ data: { sum: 3 } })
    expect(await invoke(socket, 'Note.prototype.rename', { name: 'Ada' }, { id: 7 })).toMatchObject({ data: '7:Ada' })
  })

  it('is subject to authorization, and gets errors without what must stay inside', async () => {
    const { origin } = await start()
    const socket = client(kind, origin)
    expect(await invoke(socket, 'Note.when', [0])).toMatchObject({ err: { statusCode: 401 } })
    expect(await invoke(socket, 'Note.fail')).toMatchObject({ err: { statusCode: 404, code: 'NOTE_UNKNOWN', message: 'No such note' } })
    expect((await invoke(socket, 'Note.crash')).err).toEqual({ statusCode: 500, message: 'Internal Server Error' })
  })

  it('57: is not let in when authentication fails', async () => {
    const { origin } = await start()
    const socket = client(kind, origin, { 'x-user': 'eve' })
    const refused = await new Promise((resolve) => socket.on(kind === '4' ? 'connect_error' : 'error', resolve))
    expect(refused).toBeDefined()
    let answered = false
    void invoke(socket, 'Note.add', [1]).then(() => (answered = true))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(answered).toBe(false)
  })
})

it('33, 34, 36, 55: bad input is refused, and the next call answered', async () => {
  const { origin } = await start()
  const socket = client('4', origin)
  for (const name of ['constructor', '__proto__.x', 'Note.toString', 'Note.hidden', null, {}, 7]) {
    expect(await invoke(socket, name)).toMatchObject({ err: { statusCode: 404 } })
  }
  for (const args of [{ a: 'x' }, { a: [1] }, 'text', 7, JSON.parse('{"__proto__":{"polluted":1}}')]) {
    expect(await invoke(socket, 'Note.add', args)).toMatchObject({ err: { statusCode: 400 } })
  }
  expect(await invoke(socket, 'Note.ticks')).toMatchObject({ err: { code: 'STREAM_OUT_OF_PLACE' } })
  expect(await invoke(socket, 'Note.add', { a: 1, options: { user: 'root' } })).toMatchObject({
    data: { sum: 1, options: { user: 'nobody' } },
  })
})

it('58: a client whose token is revoked is cut off', async () => {
  let revoked = false
  const { origin } = await start((remotes) => (remotes.recheck = () => !revoked), { stream: { recheck: 20 } })
  const socket = client('4', origin)
  await invoke(socket, 'Note.add', [1])
  revoked = true
  await until(() => socket.disconnected)
})
