import type { ServiceConnector } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'

type Done = (error: Error | null, result?: unknown) => void

interface Host {
  connector?: unknown
  [method: string]: unknown
}

/** A module as those of REST and SOAP are: operations by callback, on an access object and on the data source too. */
function initialize(dataSource: Host, done: Done): void {
  function DataAccessObject() {}
  const add = Object.assign((a: number, b: number, callback: Done) => process.nextTick(callback, null, a + b), {
    accepts: [{ arg: 'a' }, { arg: 'b' }],
    shared: true,
  })
  const twice = (a: number) => Promise.resolve(a * 2)
  Object.assign(DataAccessObject, { add, twice })
  dataSource.add = add
  dataSource.connector = { name: 'sums', DataAccessObject }
  process.nextTick(done, null)
}

describe('a service of LoopBack', () => {
  const source = new DataSource({ initialize }, {})
  const { methods } = source.connector as ServiceConnector

  it('answers by promise, whether it calls back or not', async () => {
    expect(await methods.add!(1, 2)).toBe(3)
    expect(await methods.twice!(4)).toBe(8)
  })

  it('keeps what remoting reads of its operations', () => {
    expect({ ...methods.add }).toEqual({ accepts: [{ arg: 'a' }, { arg: 'b' }], shared: true })
  })

  it('puts its operations on the data source itself', () => {
    expect(typeof (source as unknown as Host).add).toBe('function')
  })

  it('stores no rows', () => {
    expect('find' in source.connector).toBe(false)
  })
})
