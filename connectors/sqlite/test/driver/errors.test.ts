import { compare, defineEntity, plainCall } from '@reloop/connector'
import { toWire } from '@reloop/errors'
import { connector } from '../../src'
import { failureOf, openStore, temporaryFile } from '../fixtures/store'

const member = defineEntity({
  name: 'Member',
  properties: {
    id: { type: 'integer', id: true },
    eMail: { type: 'string', unique: true },
    age: { type: 'number', required: true },
    born: 'date',
    active: 'boolean',
  },
})

describe('errors of SQLite', () => {
  const { store } = openStore()
  const file = temporaryFile()
  beforeAll(() => store.migrate({ entities: [member], mode: 'recreate' }))
  const insert = (row: Record<string, unknown>) => failureOf(() => store.insert({ entity: member, rows: [row] }, plainCall))

  it('name the property, not the column', async () => {
    await store.insert({ entity: member, rows: [{ id: 1, eMail: 'a', age: 1 }] }, plainCall)
    expect((await insert({ id: 2, eMail: 'a', age: 1 }))?.message).toBe('Duplicate entry for Member.eMail')
    expect((await insert({ id: 3, eMail: 'b' }))?.message).toBe('Member.age must have a value.')
  })

  it.each([
    ['a text for a number', { age: '1; DROP TABLE member' }, 'Member.age must be a number.'],
    ['hexadecimal for a number', { age: '0x1F' }, 'Member.age must be a number.'],
    ['what overflows', { age: '1e400' }, 'Member.age must be a number.'],
    ['no number', { age: NaN }, 'Member.age must be a number.'],
    ['an object for a number', { age: {} }, 'Member.age must be a number.'],
    ['a list for a number', { age: [1] }, 'Member.age must be a number.'],
    ['a text for a boolean', { age: 1, active: 'false' }, 'Member.active must be true or false.'],
    ['a date that is none', { age: 1, born: '0000-00-00' }, 'Member.born must be a date.'],
    ['an object for a text', { age: 1, eMail: { $ne: null } }, 'Member.eMail must be text.'],
  ])('refuse %s as the mistake of a client', async (_title, row, message) => {
    const error = await insert({ id: 9, ...row })
    expect([error?.code, error?.statusCode, error?.message]).toEqual(['VALUE_INVALID', 400, message])
    expect(store.count({ entity: member, where: compare('id', 'eq', 9) }, plainCall)).toBe(0)
  })

  it('never show the statement to a client', async () => {
    const error = await failureOf(() => store.execute('select nonsense from member', [], plainCall))
    expect(error?.code).toBe('QUERY_FAILED')
    expect(JSON.stringify(toWire(error))).not.toMatch(/nonsense|sqlite_|near/i)
    expect(String((error?.cause as Error).message)).toContain('nonsense')
  })

  it('tell the file that cannot be opened', async () => {
    const error = await failureOf(() => openStore({ file: '/nowhere/at all/x.db' }))
    expect([error?.code, error?.message]).toEqual(['CONNECTOR_UNREACHABLE', expect.stringContaining('cannot reach /nowhere/at all/x.db')])
  })

  it('tell a file that is no database', async () => {
    const error = await failureOf(() => openStore({ file: __filename }))
    expect([error?.code, error?.message]).toEqual([
      'CONNECTOR_UNREACHABLE',
      `Connector sqlite cannot reach ${__filename}: the file is no SQLite database`,
    ])
  })

  it('tell that a store opened for reading is not written', async () => {
    const writer = openStore({ file }).store
    await writer.migrate({ entities: [member], mode: 'recreate' })
    const reader = openStore({ file, readonly: true }).store
    expect(reader.count({ entity: member }, plainCall)).toBe(0)
    expect((await failureOf(() => reader.insert({ entity: member, rows: [{ id: 1, age: 1 }] }, plainCall)))?.code).toBe(
      'CONNECTOR_UNREACHABLE',
    )
    await reader.disconnect()
    await writer.disconnect()
  })

  it('pass on that the driver is not installed', () => {
    const missing = () => {
      throw Object.assign(new Error('missing'), { code: 'CONNECTOR_DRIVER_MISSING' })
    }
    expect(() => connector.create({}, { dataSource: 'test', load: missing }).connect()).toThrow()
  })
})
