import { isConnectorDefinition } from '@reloop/connector'
import * as memory from '../src/index'

describe('@reloop/connector-memory', () => {
  it('exports exactly this', () => {
    expect(Object.keys(memory).sort()).toMatchInlineSnapshot(`
      [
        "connector",
        "connectors",
        "createKeyValueConnector",
        "createMemoryConnector",
        "createTransientConnector",
        "default",
        "errors",
        "kvMemory",
        "memory",
        "transient",
      ]
    `)
  })

  it('gives its connectors by the names that data sources use', () => {
    expect(
      Object.entries(memory.connectors).map(([name, definition]) => [name, definition.name, isConnectorDefinition(definition)]),
    ).toEqual([
      ['memory', 'memory', true],
      ['kv-memory', 'kv-memory', true],
      ['transient', 'transient', true],
    ])
    expect(memory.connector).toBe(memory.memory)
  })
})
