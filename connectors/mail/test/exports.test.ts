import { isConnectorDefinition } from '@reloop/connector'
import * as surface from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual(['MailConnector', 'connector', 'default', 'errors'])
  expect(isConnectorDefinition(surface.connector)).toBe(true)
  expect(surface.default).toBe(surface.connector)
})
