import { runtimeOf } from '@reloop/juggler'
import { createRegistry } from '../../src'

const registry = () => createRegistry({ compat: 'modern' })

describe('a registry', () => {
  it('makes models from a name, or from one object whose further keys are options', () => {
    const own = registry()
    const A = own.createModel('A', { x: 'number' }, { plural: 'many-as' })
    const B = own.createModel({ name: 'B', properties: { y: 'string' }, plural: 'bees', base: 'A', options: { plural: 'options win' } })
    expect([A.modelName, (A.http as { path: string }).path]).toEqual(['A', '/many-as'])
    expect([B.settings.plural, Object.keys(runtimeOf(B).definition.properties).sort()]).toEqual(['options win', ['id', 'x', 'y']])
    expect(Object.getPrototypeOf(B)).toBe(A)
  })

  it('bases models on PersistedModel unless told otherwise', () => {
    const own = registry()
    expect(Object.getPrototypeOf(own.createModel('A'))).toBe(own.PersistedModel)
    expect(Object.getPrototypeOf(own.createModel('B', {}, { base: 'Model' }))).toBe(own.Model)
    expect(Object.getPrototypeOf(own.createModel('C', {}, { base: own.KeyValueModel }))).toBe(own.KeyValueModel)
    expect(() => own.createModel('D', {}, { base: 'Nothing' })).toThrow('model `D` is extending an unknown model `Nothing`')
  })

  it('finds models by name, class and type', () => {
    const own = registry()
    const User = own.createModel('User')
    expect(own.findModel('User')).toBe(User)
    expect(own.findModel(User)).toBe(User)
    expect(own.findModel('Nothing')).toBeUndefined()
    expect(() => own.getModel('Nothing')).toThrow('Model not found: Nothing')
    expect(own.getModelByType('User')).toBe(User)
    const Customer = own.createModel('Customer', {}, { base: 'User' })
    expect(own.getModelByType('User')).toBe(Customer)
    expect(() => own.getModelByType(7 as never)).toThrow('must be a name or a class')
  })

  it('keeps its models to itself', () => {
    const [a, b] = [registry(), registry()]
    a.createModel('Only')
    expect(b.findModel('Only')).toBeUndefined()
    expect(a.PersistedModel).not.toBe(b.PersistedModel)
  })

  it('makes data sources whose models are its own', () => {
    const own = registry()
    const source = own.createDataSource('db', { connector: 'memory' })
    const Made = source.createModel('Made', { a: 'number' })
    expect(own.findModel('Made')).toBe(Made)
    expect(Object.getPrototypeOf(Made)).toBe(own.PersistedModel)
    expect(own.memory()).toBe(own.memory())
    expect(own.memory('other')).not.toBe(own.memory())
  })

  it('lays configuration over the settings of a model', () => {
    const own = registry()
    const acl = { principalType: 'ROLE', principalId: '$everyone', property: 'find', accessType: '*', permission: 'ALLOW' }
    const Note = own.createModel('Note', {}, { acls: [acl], relations: { author: { type: 'belongsTo', model: 'Author' } } })
    own.configureModel(Note, {
      dataSource: null,
      acls: [
        { ...acl, permission: 'DENY' },
        { ...acl, property: 'count' },
      ],
      relations: { author: { foreignKey: 'writtenBy' } },
      options: { plural: 'writings' },
    })
    expect(Note.settings.acls).toEqual([
      { ...acl, permission: 'DENY' },
      { ...acl, property: 'count' },
    ])
    expect(Note.settings.relations).toEqual({ author: { type: 'belongsTo', model: 'Author', foreignKey: 'writtenBy' } })
    expect(Note.settings.plural).toBe('writings')
  })

  it('warns of options that configuration cannot change, and of a missing data source', () => {
    const own = registry()
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    own.configureModel(own.createModel('Note'), { options: { base: 'Model' } })
    expect(warned.mock.calls.map(([text]) => text)).toEqual([
      'Option "base" of Note cannot be changed by configuration; it is ignored.',
      'The configuration of Note names no dataSource; set it to null when none is meant.',
    ])
    warned.mockRestore()
  })

  it('says what is missing when an unattached model is called', async () => {
    const own = registry()
    const Note = own.createModel('Note')
    own.memory().attach(own.createModel('Other'))
    expect(() => (Note.find as () => unknown)()).toThrow()
  })
})
