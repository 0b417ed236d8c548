import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const home = join(__dirname, '..')

/** The application in a folder of its own, where the ancestors' names are our alias packages; `changes` are laid over it. */
function place(major: string, changes?: string): string {
  const folder = mkdtempSync(join(tmpdir(), `reloop-classic-${major}-`))
  for (const part of ['server', 'common', 'client', 'package.json']) cpSync(join(home, part), join(folder, part), { recursive: true })
  if (changes) cpSync(join(home, changes), folder, { recursive: true })
  execFileSync(process.execPath, [join(__dirname, 'install.mjs'), folder, major])
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts `node server/server.js` and waits for the last line that it writes once it listens. */
async function start(folder: string): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = fork(join(folder, 'server/server.js'), [], {
    cwd: folder,
    silent: true,
    env: { ...process.env, NODE_ENV: 'development', PORT: String(await freePort()) },
    execArgv: ['--conditions=@reloop/source', '-r', join(__dirname, 'register.cjs')],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += String(chunk)
      const found = /Browse your REST API at (\S+)\/explorer/.exec(output)
      if (found) resolve(found[1]!)
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  return { child, url, output: () => output }
}

const lines = [
  { line: '2.x', major: '2', changes: undefined },
  { line: '3.x', major: '3', changes: 'to-3.x' },
]

describe.each(lines)('an application of LoopBack $line', ({ line, major, changes }) => {
  const expected = JSON.parse(readFileSync(join(__dirname, `recorded/${line}.json`), 'utf8'))
  let folder: string
  let running: Awaited<ReturnType<typeof start>>
  let replies: Record<string, { status: number; headers: Record<string, string>; body: any }>

  beforeAll(async () => {
    folder = place(major, changes)
    running = await start(folder)
    const answers = execFileSync(process.execPath, [join(__dirname, 'ask.mjs'), running.url], { encoding: 'utf8' })
    replies = JSON.parse(answers)
  }, 60_000)

  afterAll(() => {
    running?.child.kill()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  it('starts without a complaint about what the generator wrote', () => {
    expect(running.output()).not.toMatch(/is not valid|Error/)
    expect(running.output()).toContain(`Web server listening at: ${running.url}\n`)
  })

  it.each(Object.keys(expected))('%s, as the original', (title) => {
    expect(steady(replies[title])).toEqual(expected[title])
  })

  it('serves our explorer where the original served its own', () => {
    const { status, body } = replies['serves the explorer']!
    expect(status).toBe(200)
    expect(body).toContain('swagger-ui')
  })

  it('answers 404 with the message of the original for a file that is not there', () => {
    const { status, body } = replies['answers 404 for a file that is not there']!
    expect(status).toBe(404)
    expect(body.error.message).toBe('Cannot GET /nothing.txt')
  })
})

/** Without what differs with every run. */
function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady)
  if (typeof value === 'string') return /^[A-Za-z0-9]{64}$/.test(value) ? '(token)' : value.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, '(date)')
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'stack' && key !== 'access-control-allow-credentials')
  return Object.fromEntries(kept.map(([key, item]) => [key, key === 'uptime' ? 0 : steady(item)]))
}
