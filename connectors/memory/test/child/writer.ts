import { compare, defineEntity, plainCall } from '@reloop/connector'
import { createMemoryConnector } from '../../src/index'

/** Writes until it is killed, and tells on its output, line by line, what was answered; `removing` before it is. */
const entry = defineEntity({
  name: 'Entry',
  properties: { id: { type: 'number', id: true, generated: true }, round: 'number', text: 'string', edits: 'number' },
})

async function main(file: string, round: number): Promise<void> {
  // Folding as often as possible, so that many a kill falls into it.
  const store = createMemoryConnector({ file, foldAbove: 0 })
  await store.connect()
  store.define(entry)
  await Promise.all(Array.from({ length: 8 }, () => write(store, round)))
}

async function write(store: ReturnType<typeof createMemoryConnector>, round: number): Promise<never> {
  for (let count = 0; ; count++) {
    const [row] = await store.insert({ entity: entry, rows: [{ round, text: 'x'.repeat(count % 200), edits: 0 }] }, plainCall)
    const id = row!.id as number
    process.stdout.write(`insert ${id}\n`)
    await store.update({ entity: entry, where: compare('id', 'eq', id), change: { inc: { edits: 1 } } }, plainCall)
    process.stdout.write(`update ${id}\n`)
    if (count % 3 !== 0) continue
    process.stdout.write(`removing ${id}\n`)
    await store.remove({ entity: entry, where: compare('id', 'eq', id) }, plainCall)
    process.stdout.write(`remove ${id}\n`)
  }
}

void main(process.argv[2]!, Number(process.argv[3]))
