import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capabilities, type Connector } from '../../src'
import { conformanceTests, describeConnector } from '../../src/conformance'
import { ReferenceStore } from './reference-store'
import { runKit } from './run-kit'

const idle = (more: Partial<Connector> = {}): Connector => ({
  name: 'idle',
  capabilities: capabilities(),
  connect: () => undefined,
  disconnect: () => undefined,
  ping: () => undefined,
  ...more,
})

const onlyCrud = (title: string) => title.startsWith('crud') || title.startsWith('skips')

describe('describeConnector', () => {
  it('has many tests, each with a name of its own', () => {
    expect(conformanceTests.length).toBeGreaterThan(400)
    expect(new Set(conformanceTests).size).toBe(conformanceTests.length)
  })

  it('passes what does not concern a connector', async () => {
    expect([...(await runKit({ name: 'idle', create: () => idle() })).keys()]).toEqual([])
  })

  it('refuses to skip a test that does not exist', async () => {
    const skip = [{ test: 'crud: makes coffee', reason: 'no beans' }]
    const failed = await runKit({ name: 'x', create: () => new ReferenceStore(), skip }, onlyCrud)
    expect([...failed.values()].map((error) => error.message)).toEqual([
      'No test of the kit is called "crud: makes coffee". Take it out of skip, or correct the name.',
    ])
  })

  it('refuses to skip without a reason', async () => {
    const failed = await runKit(
      { name: 'x', create: () => new ReferenceStore(), skip: [{ test: 'crud: a fresh table is empty', reason: '' }] },
      onlyCrud,
    )
    expect([...failed.values()][0]?.message).toMatch('has no reason')
  })

  it('fails a skipped test that would pass', async () => {
    const skip = [{ test: 'crud: a fresh table is empty', reason: 'habit' }]
    const failed = await runKit({ name: 'x', create: () => new ReferenceStore(), skip }, onlyCrud)
    expect([...failed.values()].map((error) => error.message)).toEqual(['"crud: a fresh table is empty" passes. Take it out of skip.'])
  })

  it('fails a skipped test that does not concern the connector', async () => {
    const failed = await runKit(
      { name: 'x', create: () => idle(), skip: [{ test: 'crud: a fresh table is empty', reason: 'habit' }] },
      onlyCrud,
    )
    expect([...failed.values()][0]?.message).toMatch('stores no rows')
  })

  it('lets a skipped test fail in peace', async () => {
    class Broken extends ReferenceStore {
      override count(): number {
        return -1
      }
    }
    const only = (title: string) => title.includes('a fresh table is empty')
    expect([...(await runKit({ name: 'x', create: () => new Broken() }, only)).keys()]).toHaveLength(1)
    const skip = [{ test: 'crud: a fresh table is empty', reason: 'cannot count' }]
    expect([...(await runKit({ name: 'x', create: () => new Broken(), skip }, only)).keys()]).toEqual([])
  })

  it('makes the connector once, runs afterEach after each test, and closes at the end', async () => {
    const seen: string[] = []
    const create = () => {
      seen.push('created')
      return { connector: new ReferenceStore(), close: () => void seen.push('closed') }
    }
    await runKit({ name: 'x', create, afterEach: () => void seen.push('after') }, (title) => title.startsWith('near'))
    expect(seen).toEqual(['created', ...Array.from({ length: 6 }, () => 'after'), 'closed'])
  })

  it('fails each test, and nothing else, when there is no connector', async () => {
    const create = () => Promise.reject(new Error('no server'))
    const failed = await runKit({ name: 'x', create }, (title) => title.startsWith('lifecycle'))
    expect([...failed.values()].map((error) => error.message)).toEqual(Array.from({ length: 4 }, () => 'no server'))
  })

  it('disconnects a connector that came without close', async () => {
    const disconnect = jest.fn()
    await runKit({ name: 'x', create: () => idle({ disconnect }) }, (title) => title.startsWith('lifecycle'))
    expect(disconnect).toHaveBeenCalledTimes(1)
  })

  it('writes what passed, what was skipped and what was declared into the folder of the report', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reloop-kit-'))
    process.env.RELOOP_CONFORMANCE_REPORT = folder
    try {
      await runKit({ name: 'an odd/name', create: () => idle() }, (title) => title.startsWith('lifecycle') || title.startsWith('near'))
      const report = JSON.parse(readFileSync(join(folder, 'an-odd-name.json'), 'utf8')) as Record<string, unknown>
      expect(report).toMatchObject({ connector: 'idle', failed: [], skipped: [], capabilities: { maxValues: null, not: true } })
      expect(report.passed).toContain('lifecycle: ping answers')
      expect(report.declared).toContainEqual({ test: 'near: finds across the date line', reason: 'stores no rows' })
    } finally {
      delete process.env.RELOOP_CONFORMANCE_REPORT
      rmSync(folder, { recursive: true })
    }
  })

  it('says what it needs when there is no test runner', () => {
    const { describe: own } = globalThis
    delete (globalThis as { describe?: unknown }).describe
    try {
      expect(() => describeConnector({ name: 'x', create: () => idle() })).toThrow('needs describe and it')
    } finally {
      globalThis.describe = own
    }
  })
})
