import { compare, defineEntity, plainCall, type CrudConnector } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'
import { MapConnector } from './map-connector'

type Done = (error: Error | null, ...results: unknown[]) => void

const entity = defineEntity({ name: 'Item', properties: { id: { type: 'number', id: true }, text: 'string', size: 'number' } })

async function open(Kind: typeof MapConnector) {
  const initialize = (host: { connector?: unknown; settings: object }, done: Done) => {
    host.connector = new Kind(host)
    done(null)
  }
  const source = new DataSource({ initialize }, {})
  await source.connect()
  const connector = source.connector as CrudConnector & { raw: MapConnector }
  await connector.insert({ entity, rows: [{ id: 1, text: 'a', size: 1 }, { id: 2, text: 'A', size: 2 }, { id: 3, text: 'b', size: 3 }] }, plainCall) // prettier-ignore
  const sizes = async () => (await connector.find({ entity, query: {} }, plainCall)).map((row) => row.size)
  return { connector, sizes }
}

describe('writing over connectors of LoopBack that lack something', () => {
  it('updates rows by their ids where there is no update of many', async () => {
    class OneByOne extends MapConnector {
      declare update: never
      updateAttributes(model: string, id: unknown, data: object, done: Done): void {
        Object.assign(this.rows[model]!.get(id)!, data)
        process.nextTick(done, null)
      }
    }
    Object.defineProperty(OneByOne.prototype, 'update', { value: undefined })
    const { connector, sizes } = await open(OneByOne)
    const updated = await connector.update(
      { entity, where: compare('size', 'gte', 2), change: { set: { size: 9 } }, returning: true },
      plainCall,
    )
    expect(updated).toEqual({ count: 2, rows: [{ id: 2, text: 'A', size: 9 }, { id: 3, text: 'b', size: 9 }] }) // prettier-ignore
    expect(await sizes()).toEqual([1, 9, 9])
  })

  it('counts for those that do not tell how many rows they changed', async () => {
    class Silent extends MapConnector {
      override update(model: string, where: Record<string, unknown>, data: Record<string, unknown>, done: Done): void {
        super.update(model, where, data, () => done(null))
      }
      override destroyAll(model: string, where: Record<string, unknown>, done: Done): void {
        super.destroyAll(model, where, () => done(null))
      }
    }
    const { connector, sizes } = await open(Silent)
    expect(await connector.update({ entity, where: compare('size', 'lt', 3), change: { set: { size: 0 } } }, plainCall)).toEqual({
      count: 2,
    })
    expect(await connector.remove({ entity, where: compare('size', 'eq', 0) }, plainCall)).toBe(2)
    expect(await sizes()).toEqual([3])
  })

  it('changes the rows that it found itself where the connector’s own idea of equal is wider', async () => {
    const { connector, sizes } = await open(MapConnector)
    expect(await connector.update({ entity, where: compare('text', 'eq', 'a'), change: { set: { size: 7 } } }, plainCall)).toEqual({
      count: 1,
    })
    expect(await sizes()).toEqual([7, 2, 3])
    expect(await connector.remove({ entity, where: compare('text', 'eq', 'A') }, plainCall)).toBe(1)
    expect(await sizes()).toEqual([7, 3])
  })

  it('asks nothing of the connector when no row can match', async () => {
    const { connector } = await open(MapConnector)
    connector.raw.calls.length = 0
    const nothing = compare('id', 'inq', [])
    expect(await connector.count({ entity, where: nothing }, plainCall)).toBe(0)
    expect(await connector.remove({ entity, where: nothing }, plainCall)).toBe(0)
    expect(await connector.update({ entity, where: nothing, change: { set: { size: 1 } } }, plainCall)).toEqual({ count: 0 })
    expect(await connector.find({ entity, query: { where: nothing } }, plainCall)).toEqual([])
    expect(connector.raw.calls).toEqual([])
  })

  it('refuses a change that is not a plain value, instead of losing it', async () => {
    const { connector } = await open(MapConnector)
    await expect(Promise.resolve(connector.update({ entity, change: { inc: { size: 1 } } }, plainCall))).rejects.toMatchObject({
      code: 'CONNECTOR_NOT_SUPPORTED',
    })
  })

  it('names what is there already', async () => {
    class Unique extends MapConnector {
      override create(model: string, data: Record<string, unknown>, done: Done): void {
        if (data.text === 'taken') process.nextTick(done, new Error('ER_DUP_ENTRY: Duplicate entry for key text'))
        else super.create(model, data, done)
      }
    }
    const { connector, sizes } = await open(Unique)
    const rows = [{ id: 8, size: 8 }, { id: 9, text: 'taken' }] // prettier-ignore
    await expect(Promise.resolve(connector.insert({ entity, rows }, plainCall))).rejects.toMatchObject({
      code: 'DUPLICATE_ENTRY',
      statusCode: 409,
    })
    expect(await sizes()).toEqual([1, 2, 3])
  })
})
