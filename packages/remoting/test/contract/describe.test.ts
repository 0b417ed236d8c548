import { describeContract, RemoteObjects, SharedClass, type HttpContext } from '../../src'

describe('the contract', () => {
  const remotes = RemoteObjects.create()
  const ctor = Object.assign(function Note() {}, {
    sharedCtor: Object.assign(() => undefined, {
      accepts: { arg: 'id', type: 'number', http: { source: 'path' as const } },
      http: { path: '/:id' },
    }),
  })
  const shared = new SharedClass('Note', ctor)
  shared.http = { path: 'notes/' }
  shared.defineMethod('find', {
    isStatic: true,
    aliases: ['all'],
    accessType: 'READ',
    description: ['Finds', 'notes.'],
    accepts: [
      { arg: 'filter', type: 'object', description: 'which' },
      { arg: 'options', type: 'object', http: (ctx: HttpContext) => ctx.query },
      { arg: 'req', type: 'object', http: { source: 'req' } },
      { arg: 'secret', type: 'string', documented: false },
    ],
    returns: [
      { arg: 'data', type: ['Note'], root: true },
      { arg: 'total', type: 'number', http: { target: 'header', header: 'X-Total' } },
    ],
    http: [
      { verb: 'GET', path: '/' },
      { verb: 'del', path: 'all', status: 202, errorStatus: 409 },
    ],
  })
  shared.defineMethod('patch', { accepts: { arg: 'data', type: 'object', model: 'Note', allowArray: true, http: { source: 'body' } } })
  shared.defineMethod('hidden', { isStatic: true })
  shared.disableMethodByName('hidden')
  remotes.addClass(shared)
  remotes.defineTypeSchema('Note', () => ({ type: 'object' }))
  const contract = describeContract(remotes, { basePath: '/api', title: 'Notes', version: '3.1.4' })

  it('keeps the scopes of a method for whoever decides access, and away from clients', () => {
    const own = new SharedClass('Vault', function Vault() {})
    own.defineMethod('open', { isStatic: true, accessScopes: ['vault'] })
    const scoped = RemoteObjects.create()
    scoped.addClass(own)
    expect(scoped.findMethod('Vault.open')!.accessScopes).toEqual(['vault'])
    expect(JSON.stringify(describeContract(scoped))).not.toContain('accessScopes')
  })

  it('lists classes with their methods, and what clients can send and get', () => {
    expect(contract).toEqual({
      reloop: 1,
      basePath: '/api',
      info: { title: 'Notes', version: '3.1.4' },
      types: { Note: { type: 'object' } },
      classes: [
        {
          name: 'Note',
          path: '/notes',
          methods: [
            {
              name: 'find',
              aliases: ['all'],
              isStatic: true,
              accessType: 'READ',
              description: 'Finds\nnotes.',
              documented: true,
              accepts: [{ name: 'filter', type: 'object', required: false, description: 'which', source: 'any' }],
              returns: [
                { name: 'data', type: ['Note'], root: true },
                { name: 'total', type: 'number', root: false, target: 'header', header: 'X-Total' },
              ],
              routes: [
                { verb: 'get', path: '/' },
                { verb: 'delete', path: '/all', status: 202, errorStatus: 409 },
              ],
            },
            {
              name: 'prototype.patch',
              aliases: [],
              isStatic: false,
              documented: true,
              accepts: [
                { name: 'id', type: 'number', required: false, source: 'path' },
                { name: 'data', type: 'Note', required: false, root: true, source: 'body', allowArray: true },
              ],
              returns: [],
              routes: [{ verb: 'all', path: '/:id/patch' }],
            },
          ],
        },
      ],
    })
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract)
  })
})

describe('a shared class', () => {
  it('finds methods by function, name, alias and prototype', () => {
    const find = () => 1
    const ctor = Object.assign(function Note() {}, { find })
    const shared = new SharedClass('Note', ctor)
    const method = shared.defineMethod('find', { isStatic: true, aliases: ['all'] })
    expect([shared.find(find, true), shared.find('all', true), shared.findMethodByName('find')]).toEqual([method, method, method])
    expect([shared.find('find', false), shared.findMethodByName('prototype.find'), shared.findMethodByName('nothing')]).toEqual([
      null,
      null,
      null,
    ])
    expect([method.stringName, method.fullName]).toEqual(['Note.find', 'find'])
  })

  it('replaces a method that is defined again, and refuses a prefix in a name', () => {
    const shared = new SharedClass('Note', class {})
    shared.defineMethod('find', { isStatic: true, description: 'first' })
    shared.defineMethod('find', { isStatic: true, description: 'second' })
    expect(shared.methods().map((method) => method.description)).toEqual(['second'])
    expect(() => shared.defineMethod('prototype.find')).toThrow('leave out "prototype."')
  })

  it('asks resolvers for methods when they are needed', () => {
    const shared = new SharedClass('Note', class {})
    shared.resolve((define) => define('late', { isStatic: true }, () => 1))
    expect(shared.methods().map((method) => method.stringName)).toEqual(['Note.late'])
  })
})
