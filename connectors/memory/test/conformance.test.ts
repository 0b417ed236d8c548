import { describeConnector, type Skip } from '@reloop/connector/conformance'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyValueConnector, createMemoryConnector } from '../src/index'

const noColumns: readonly Skip[] = [
  { test: 'migrate: isActual tells whether alter would change anything', reason: 'rows have no columns: alter adds none' },
  { test: 'migrate: isActual is false for a table that is not there', reason: 'tables are made by their first row' },
]

describeConnector({ name: 'memory', create: () => createMemoryConnector(), skip: noColumns })

describeConnector({
  name: 'memory with a file',
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'reloop-memory-'))
    const connector = createMemoryConnector({ file: join(folder, 'db.json') })
    await connector.connect()
    const close = async () => {
      await connector.disconnect()
      rmSync(folder, { recursive: true })
    }
    return { connector, close }
  },
  skip: noColumns,
})

describeConnector({ name: 'kv-memory', create: () => createKeyValueConnector() })
