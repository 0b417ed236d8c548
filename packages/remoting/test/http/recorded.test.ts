import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { httpPlugin, RemoteObjects as Remotes, SharedClass } from '../../src'
import * as scenario from '../recorded/scenario'
import { isKnown } from '../recorded/differences'

interface Answer {
  status: number
  headers: Record<string, string>
  body?: unknown
  hooks?: string[]
}

const kept = ['content-type', 'x-made', 'x-own', 'x-content-type-options']

describe.each(['3.x', '2.x'] as const)('profile %s', (profile) => {
  const recorded = JSON.parse(readFileSync(join(__dirname, `../recorded/${profile}.json`), 'utf8')) as Answer[]
  const log: string[] = []
  let fastify: FastifyInstance
  let port: number

  beforeAll(async () => {
    const RemoteObjects = {
      create: (options: object) => Remotes.create({ ...options, errorHandler: { log: false, disableStackTrace: true } }, profile),
    }
    const remotes = scenario.build({ RemoteObjects, SharedClass, options: {}, log }) as Remotes
    fastify = Fastify()
    await fastify.register(httpPlugin, { remotes })
    await fastify.listen({ port: 0 })
    port = (fastify.server.address() as AddressInfo).port
  })
  afterAll(() => fastify.close())

  const rooms = [
    '/Echo/any',
    '/Echo/query',
    '/Echo/body',
    '/Echo/form',
    '/Echo/path',
    '/Echo/header',
    '/Echo/required',
    '/Reply',
    '/Context',
    '/',
  ]
  const roomOf = (path: string) => rooms.find((room) => path.startsWith(room))
  it.each(rooms)('answers requests to %s as strong-remoting does', async (room) => {
    const differences: string[] = []
    for (const [index, asked] of scenario.requests.entries()) {
      if (roomOf(asked.path) !== room) continue
      log.length = 0
      const answer = await exchange(port, asked)
      const ours = comparable(asked.path.startsWith('/Echo') ? answer : { ...answer, hooks: [...log] }, asked)
      const theirs = comparable(recorded[index]!, asked)
      if (JSON.stringify(sorted(ours)) === JSON.stringify(sorted(theirs)) || isKnown(profile, asked, { ours, theirs })) continue
      differences.push(
        [
          asked.verb,
          asked.path,
          asked.body ?? '',
          JSON.stringify(asked.headers ?? {}),
          '\n  ours  ',
          shown(ours),
          '\n  theirs',
          shown(theirs),
        ].join(' '),
      )
    }
    expect(differences.join('\n')).toBe('')
  })
})

function shown({ status, headers, body, hooks }: Answer): string {
  const error = (body as { error?: unknown } | undefined)?.error
  return `${status} ${JSON.stringify(error ?? body)} ${JSON.stringify(headers)} ${hooks?.join(', ') ?? ''}`
}

/** What belongs to the wire contract: messages of the JSON parser and details that only name the machine do not. */
function comparable(answer: Answer, asked: scenario.Asked): Answer {
  const copy = structuredClone(answer)
  const error = (copy.body as { error?: Record<string, unknown> } | undefined)?.error
  if (error) {
    if (typeof error.message === 'string') error.message = error.message.replace(/(Error: ).*JSON.*$/, '$1…')
    if (error.name === 'SyntaxError') error.message = 'JSON'
    for (const key of ['expose', 'type', 'body', 'expected', 'length', 'limit']) delete error[key]
  }
  if (copy.status === 204) copy.headers = {}
  if (asked.verb === 'OPTIONS') delete copy.hooks
  return copy
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

function exchange(port: number, { verb, path, headers = {}, body }: scenario.Asked): Promise<Answer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const call = request({ port, method: verb, path, headers: { ...headers, ...length } }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const shown = kept.filter((name) => reply.headers[name] !== undefined).map((name) => [name, String(reply.headers[name])] as const)
        resolve({ status: reply.statusCode ?? 0, headers: Object.fromEntries(shown), ...(text === '' ? {} : { body: parsed(text) }) })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { text }
  }
}
