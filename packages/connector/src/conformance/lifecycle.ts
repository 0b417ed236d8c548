import assert from 'node:assert/strict'
import { capabilities as complete } from '../capabilities'
import { group, type Need } from './group'

const always: Need = () => undefined

export const lifecycle = group('lifecycle', always, {
  'a connector has a name': ({ connector }) => {
    assert.equal(typeof connector.name, 'string')
    assert.ok(connector.name.length > 0)
  },
  'every capability is declared': ({ connector }) => {
    for (const name of Object.keys(complete()))
      assert.ok(name in connector.capabilities, `${name} is missing: complete them with capabilities()`)
  },
  'a store that declares transactions has begin': ({ connector }) => {
    assert.equal('begin' in connector && connector.begin !== undefined, connector.capabilities.transactions !== 'none')
  },
  'ping answers': async ({ connector }) => {
    await connector.ping()
  },
})
