import { compare, defineEntity } from '@reloop/connector'
import { createTransientConnector } from '../../src/index'

const address = defineEntity({ name: 'Address', properties: { id: { type: 'string', id: true, generated: true }, city: 'string' } })
const point = defineEntity({ name: 'Point', properties: { id: { type: 'number', id: true, generated: true } } })

describe('the transient connector', () => {
  const store = createTransientConnector()

  it('gives ids: 24 hexadecimal digits, or a number below 10,000', () => {
    const [row] = store.insert({ entity: address, rows: [{ city: 'Brno' }] })
    expect(row).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/) as string, city: 'Brno' })
    const [other] = store.insert({ entity: point, rows: [{}] })
    expect(other!.id).toBeLessThan(10_000)
  })

  it('keeps ids that are given', () => {
    expect(store.insert({ entity: address, rows: [{ id: 'x' }] })).toEqual([{ id: 'x' }])
  })

  it('finds and counts nothing', () => {
    store.insert({ entity: address, rows: [{ id: 'x' }] })
    expect([store.find(), store.count()]).toEqual([[], 0])
  })

  it('changes and removes one row by its id as far as anyone can tell, and no others', () => {
    const where = compare('id', 'eq', 'x')
    expect(store.update({ entity: address, where, change: { set: { city: 'Olomouc' } }, returning: true })).toEqual({
      count: 1,
      rows: [{ id: 'x', city: 'Olomouc' }],
    })
    expect(store.remove({ entity: address, where })).toBe(1)
    expect(store.update({ entity: address, change: { set: { city: 'Olomouc' } } })).toEqual({ count: 0 })
    expect(store.remove({ entity: address, where: compare('city', 'eq', 'Brno') })).toBe(0)
  })

  it('lets the application make ids', () => {
    const own = createTransientConnector({ generateId: (model, row, idName) => `${model}-${String(row.city)}-${idName}` })
    expect(own.insert({ entity: address, rows: [{ city: 'Brno' }] })).toEqual([{ id: 'Address-Brno-id', city: 'Brno' }])
  })
})
