import * as juggler from '@reloop/juggler'
import {
  DataAccessObject,
  Hookable,
  Inclusion,
  jutil,
  MixinProvider,
  ObserverMixin,
  RelationMixin,
  relationDefinition,
  scope,
  utils,
} from '@reloop/juggler/legacy'
import { memory, type AnyModel } from '../stores'

describe('lib/utils', () => {
  it('mergeQuery puts a filter into another one', () => {
    const base = { where: { a: 1 }, order: 'a', limit: 5 }
    expect(utils.mergeQuery(base, { where: { b: 2 }, limit: 3, order: 'b' })).toBe(base)
    expect(base).toEqual({ where: { and: [{ a: 1 }, { b: 2 }] }, order: 'a', limit: 3 })
    expect(utils.mergeQuery({ limit: 5 }, { limit: 3 }, { limit: false })).toEqual({ limit: 5 })
    expect(utils.mergeQuery(undefined, { where: { a: 1 } })).toEqual({ where: { a: 1 } })
    expect(utils.mergeQuery({ where: {} }, undefined)).toEqual({ where: {} })
  })

  it('mergeIncludes lets the later list win', () => {
    expect(utils.mergeIncludes(['a', { b: 'c' }], [{ relation: 'a', scope: { limit: 1 } }])).toEqual([
      { relation: 'a', scope: { limit: 1 } },
      { b: 'c' },
    ])
  })

  it('createPromiseCallback is a callback with a promise', async () => {
    const done = utils.createPromiseCallback()
    done(null, 7)
    expect(await done.promise).toBe(7)
    const failed = utils.createPromiseCallback()
    failed(new Error('no'))
    await expect(failed.promise).rejects.toThrow('no')
  })

  it('reads fields in every form', () => {
    expect(utils.fieldsToArray(['a', 'x'], ['a', 'b'])).toEqual(['a', 'x'])
    expect(utils.fieldsToArray(['a', 'x'], ['a', 'b'], true)).toEqual(['a'])
    expect(utils.fieldsToArray({ a: true }, { a: 1, b: 1 })).toEqual(['a'])
    expect(utils.fieldsToArray({ a: false }, { a: 1, b: 1 })).toEqual(['b'])
    expect(utils.fieldsToArray({}, ['a'])).toBeUndefined()
    expect(utils.selectFields(['a'])({ a: 1, b: 2 })).toEqual({ a: 1 })
  })

  it('removes undefined values, nulls them or refuses them', () => {
    const query = { where: { a: undefined, b: [{ c: undefined, d: 1 }] } }
    expect(utils.removeUndefined(query)).toEqual({ where: { b: [{ d: 1 }] } })
    expect(utils.sanitizeQuery(query)).toEqual({ where: { b: [{ d: 1 }] } })
    expect(utils.sanitizeQuery(query, { normalizeUndefinedInQuery: 'nullify' })).toEqual({ where: { a: null, b: [{ c: null, d: 1 }] } })
    expect(() => utils.sanitizeQuery(query, { normalizeUndefinedInQuery: 'throw' })).toThrow('Unexpected `undefined` in query')
  })

  it('merges settings, and never a prototype', () => {
    expect(utils.mergeSettings({ a: { b: 1 }, acls: [1] }, { a: { c: 2 }, acls: [2] })).toEqual({ a: { b: 1, c: 2 }, acls: [1, 2] })
    const merged = utils.deepMerge({}, JSON.parse('{"__proto__":{"evil":true}}')) as { evil?: boolean }
    expect(merged.evil).toBeUndefined()
  })

  it('sorts and compares by ids', () => {
    const rows = [{ id: 1 }, { id: 2 }, { id: 3 }]
    expect(utils.sortObjectsByIds('id', ['3', 1], rows)).toEqual([{ id: 3 }, { id: 1 }, { id: 2 }])
    expect(utils.sortObjectsByIds('id', ['3', 1], rows, true)).toEqual([{ id: 3 }, { id: 1 }])
    expect(utils.idEquals('1', 1)).toBe(true)
    expect(utils.collectTargetIds([{ a: 1 }, { a: 1 }, {}], 'a')).toEqual([1])
    expect(utils.idsHaveDuplicates([1, '1'])).toBe(true)
    expect(utils.findIndexOf([1, 2], '2', utils.idEquals)).toBe(1)
    expect(utils.uniq([1, 1, { a: 1 }, { a: 1 }])).toEqual([1, { a: 1 }])
  })

  it('reads regular expressions', () => {
    expect(utils.toRegExp('/a.b/i')).toEqual(/a.b/i)
    expect(utils.toRegExp('a')).toEqual(/a/)
    expect(utils.toRegExp(5)).toBeInstanceOf(Error)
    expect([utils.hasRegExpFlags(/a/), utils.hasRegExpFlags('/a/i')]).toEqual([false, true])
    expect(new RegExp(utils.escapeRegExp('a.b*')).test('a.b*')).toBe(true)
  })

  it('knows models', () => {
    const Pen = memory().define('Pen', { code: { type: String, id: true }, name: String })
    expect(utils.idName(Pen)).toBe('code')
    const data = {}
    utils.setScopeValuesFromWhere(data, { and: [{ name: 'quill' }], other: 1 }, Pen)
    expect(data).toEqual({ name: 'quill' })
  })
})

describe('lib/observer and lib/jutil', () => {
  it('make any class observable, its children included', async () => {
    class Parent {}
    class Child extends Parent {}
    for (const Class of [Parent, Child]) Object.assign(Class, ObserverMixin)
    const seen: string[] = []
    ;(Parent as AnyModel).observe('fly', (_: object, next: () => void) => (seen.push('parent'), next()))
    ;(Child as AnyModel).observe('fly', (_: object, next: () => void) => (seen.push('child'), next()))
    await (Child as AnyModel).notifyObserversOf('fly', {})
    await (Parent as AnyModel).notifyObserversOf('fly', {})
    expect(seen).toEqual(['parent', 'child', 'parent'])
  })

  it('copy members from class to class, and keep what is there', () => {
    const Target: AnyModel = function () {}
    Target.own = 1
    const Mixin: AnyModel = function () {}
    Object.assign(Mixin, { own: 2, more: 3 })
    Mixin.prototype.method = () => 4
    jutil.mixin(Target, Mixin)
    expect([Target.own, Target.more, new Target().method()]).toEqual([1, 3, 4])
    jutil.mixin(Target, Mixin, { override: true })
    expect(Target.own).toBe(2)
    const Child: AnyModel = function () {}
    jutil.inherits(Child, Target)
    expect(new Child()).toBeInstanceOf(Target)
    expect(Child.more).toBe(3)
  })
})

describe('the other deep paths', () => {
  it('hand out what models have', () => {
    const Pen: AnyModel = memory().define('Pen', { name: String })
    expect((DataAccessObject as AnyModel).find).toBe(Pen.find)
    expect(DataAccessObject.prototype.save).toBe(Pen.prototype.save)
    expect((Inclusion as AnyModel).include).toBe(Pen.include)
    expect((RelationMixin as AnyModel).hasMany).toBe(Pen.hasMany)
    expect(relationDefinition.RelationTypes).toEqual(juggler.DataSource.relationTypes)
    expect(Object.keys(Hookable)).toContain('beforeSave')
    expect(new juggler.ModelBuilder().mixins).toBeInstanceOf(MixinProvider)
  })

  it('defineScope adds a scope to a class', async () => {
    const Pen: AnyModel = memory().define('Pen', { name: String })
    scope.defineScope(Pen, Pen, 'quills', { where: { name: 'quill' } })
    await Pen.create([{ name: 'quill' }, { name: 'biro' }])
    expect(await Pen.quills.count()).toBe(1)
  })
})
