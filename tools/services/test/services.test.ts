import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { isAlive } from '../identity.mjs'

const tool = join(__dirname, '../index.mjs')
const temp = mkdtempSync(join(tmpdir(), 'reloop-services-test-'))
chmodSync(temp, 0o711)
// A temporary folder of its own, so that servers that run already for this clone stay untouched.
const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: temp }
for (const name of Object.keys(env)) if (name.startsWith('RELOOP_TEST_')) delete env[name]

const services = (...args: string[]) => spawnSync(process.execPath, [tool, ...args], { env, encoding: 'utf8' })
const urlIn = (output: string) => /RELOOP_TEST_POSTGRESQL_URL='?([^'\s]+)/.exec(output)?.[1]
const serverPid = () => {
  const state = JSON.parse(readFileSync(join(temp, readdirSync(temp)[0]!, 'state.json'), 'utf8'))
  return state.postgresql.pid as number
}
afterAll(() => {
  services('down')
  rmSync(temp, { recursive: true, force: true })
})

describe('services', () => {
  it('up starts a PostgreSQL that answers, env tells where, down leaves neither process nor folder', async () => {
    const up = services('up', 'postgresql')
    expect(up.stderr).toBe('')
    const url = urlIn(up.stdout)
    expect(urlIn(services('env').stdout)).toBe(url)

    const client = new Client(url)
    await client.connect()
    expect((await client.query('select 1 + 1 as two')).rows).toEqual([{ two: 2 }])
    await client.end()

    const pid = serverPid()
    expect(services('down').status).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(readdirSync(temp)).toEqual([])
  })

  it('a second up finds the server of the first', () => {
    const first = urlIn(services('up', 'postgresql').stdout)
    expect(urlIn(services('up', 'postgresql').stdout)).toBe(first)
  })

  it('never runs a server as root', () => {
    const status = `/proc/${serverPid()}/status`
    if (!existsSync(status)) return
    expect(/^Uid:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]).not.toBe('0')
  })

  it('cleans up after an up that was killed half-way', async () => {
    services('down')
    for (const moment of [150, 400]) {
      const killed = spawn(process.execPath, [tool, 'up', 'postgresql'], { env, stdio: 'ignore' })
      await sleep(moment)
      killed.kill('SIGKILL')
      expect(urlIn(services('up', 'postgresql').stdout)).toBeDefined()
      expect(services('down').status).toBe(0)
      expect(readdirSync(temp)).toEqual([])
    }
  })

  it('does not start what the user has', () => {
    const own = { ...env, RELOOP_TEST_POSTGRESQL_URL: 'postgresql://me@my-server/mine' }
    const up = spawnSync(process.execPath, [tool, 'up', 'postgresql'], { env: own, encoding: 'utf8' })
    expect(up.status).toBe(0)
    expect(up.stdout).not.toContain('RELOOP_TEST_POSTGRESQL_URL')
    expect(readdirSync(temp)).toEqual([])
  })

  it('names the services it knows when asked for another', () => {
    const up = services('up', 'oracle')
    expect(up.status).toBe(1)
    expect(up.stderr).toContain('Unknown service "oracle": one of postgresql, mysql, redis, chromium')
  })
})
