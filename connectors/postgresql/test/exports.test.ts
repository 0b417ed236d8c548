import { isConnectorDefinition } from '@reloop/connector'
import * as surface from '../src'
import * as broker from '../src/broker'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual(['connector', 'default', 'dialect', 'settings'])
  expect(isConnectorDefinition(surface.connector)).toBe(true)
  expect(surface.default).toBe(surface.connector)
})

it('exports the broker apart', () => {
  expect(Object.keys(broker)).toEqual(['postgresqlBroker'])
})
