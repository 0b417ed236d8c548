import { isConnectorDefinition } from '@reloop/connector'
import * as remote from '../src'

describe('@reloop/connector-remote', () => {
  it('exports exactly this', () => {
    expect(Object.keys(remote).sort()).toEqual(['connector', 'createRemoteConnector', 'default', 'errors'])
  })

  it('gives its connector in the form that data sources load', () => {
    expect(isConnectorDefinition(remote.connector)).toBe(true)
    expect(remote.default).toBe(remote.connector)
  })
})
