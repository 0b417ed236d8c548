import { plainCall, defineEntity } from '@reloop/connector'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryConnector } from '../../src/index'

const rounds = 24
const child = join(__dirname, '..', 'child')
const entry = defineEntity({
  name: 'Entry',
  properties: { id: { type: 'number', id: true, generated: true }, round: 'number', text: 'string', edits: 'number' },
})

/** What the killed process was answered: the last thing it was told about each row. */
async function writeAndKill(file: string, round: number): Promise<Map<number, string>> {
  const args = ['--conditions=@reloop/source', '-r', join(child, 'register.js'), join(child, 'writer.ts'), file, String(round)]
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  writer.stdout.on('data', (data: Buffer) => {
    if (told === '') setTimeout(() => writer.kill('SIGKILL'), 20 + ((round * 37) % 150))
    told += data.toString()
  })
  await new Promise((resolve) => writer.on('close', resolve))
  // The last line may be cut.
  const lines = told.slice(0, told.lastIndexOf('\n')).split('\n')
  return new Map(lines.map((line) => [Number(line.split(' ')[1]), line.split(' ')[0]!]))
}

describe('a process that is killed while it writes', () => {
  it(`loses no answered write in ${rounds} rounds`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reloop-kill-'))
    const file = join(folder, 'db.json')
    const answered = new Map<number, string>()
    for (let round = 0; round < rounds; round++) {
      for (const [id, kind] of await writeAndKill(file, round)) answered.set(id, kind)
    }
    const store = createMemoryConnector({ file })
    await store.connect()
    store.define(entry)
    const rows = new Map(store.find({ entity: entry, query: {} }, plainCall).map((row) => [row.id as number, row]))
    await store.disconnect()
    expect(answered.size).toBeGreaterThan(rounds)
    const lost = [...answered].filter(([id, kind]) => kind !== 'removing' && (kind === 'remove') === rows.has(id))
    const stale = [...answered].filter(([id, kind]) => kind === 'update' && rows.get(id)?.edits !== 1)
    expect({ lost, stale }).toEqual({ lost: [], stale: [] })
    rmSync(folder, { recursive: true })
  }, 120_000)
})
