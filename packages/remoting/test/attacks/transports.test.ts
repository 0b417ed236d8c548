import { transportNames, type Everywhere } from '../transports'
import { lines, type At } from './lines'
import { attacked, ran, tokens } from './server'

let server: Everywhere
beforeAll(async () => {
  server = await attacked()
})
afterAll(() => server.close())
beforeEach(() => {
  ran.length = 0
  tokens.clear()
  tokens.add('ada')
})

const notApplicable: string[] = []

describe.each(transportNames)('over %s', (transport) => {
  const at = (): At => ({ server, transport, call: (name, asked) => server.call(transport, name, asked) })

  afterEach(async () => {
    // 88: whatever was sent, the next request is answered as usual, and nothing has changed for other objects.
    expect(await server.call(transport, 'Note.any', { args: { x: 'fine' } })).toMatchObject({ status: 200, value: { got: 'fine' } })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  for (const { line, title, all, own } of lines) {
    const trial = own?.[transport] ?? all
    if (trial && typeof trial === 'object') notApplicable.push(`${line} over ${transport}: ${trial.notApplicable}`)
    else it(`${line}: ${title}`, () => trial!(at()))
  }
})

it('every line is tried over every way in, save where there is nothing to try', () => {
  expect(lines.map(({ line }) => line)).toEqual([25, 28, 29, 30, 32, 33, 34, 36, 38, 50, 55, 57, 58, 75])
  expect(notApplicable).toEqual([
    '32 over REST: a request is one call',
    '29 over socket.io: messages have no content type: the protocol parses them',
    '30 over socket.io: the path of the connection is matched by socket.io; names of methods are no paths',
  ])
})
