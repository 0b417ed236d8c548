import { call } from './calls'
import { clean, stores } from './server'
import { doors, unharmed, world, type Call, type World } from './world'

describe.each(stores.slice(0, 2))('group D, secrecy of fields, on %s', (_, settings) => {
  let at: World
  beforeAll(async () => {
    at = await world(settings)
  })
  afterAll(() => at.close())

  describe.each(doors)('through %s', (door) => {
    afterEach(() => unharmed(at, door))
    const as = (who: string | undefined, one: Call) => at.through(door, who, one)
    const deep = (where: object, levels = 5): object => (levels === 0 ? where : { or: [deep(where, levels - 1)] })
    /** Refused, or the same answer for a right guess and a wrong one, and no value in it. */
    const tellsNothing = async (make: (guess: unknown) => Call, [right, wrong]: readonly [unknown, unknown]) => {
      const [one, other] = [await as('ann', make(right)), await as('ann', make(wrong))]
      expect(one.status === other.status && (one.status === 400 || one.status === 401 || one.text === other.text)).toBe(true)
      clean(one)
    }

    it.each([
      ['secret', ['alpha', 'zzz']],
      ['grade', [1, 9]],
    ] as const)(`41 (${door}): %s is no oracle in where, order or aggregates`, async (name, guesses) => {
      for (const clause of [(v: unknown) => v, (v: unknown) => ({ inq: [v] }), (v: unknown) => ({ neq: v }), (v: unknown) => ({ gt: v })]) {
        await tellsNothing((v) => call.find('Note', { where: { [name]: clause(v) } }), guesses)
        await tellsNothing((v) => call.find('Note', { where: deep({ [name]: clause(v) }) }), guesses)
        await tellsNothing((v) => call.count('Note', { [name]: clause(v) }), guesses)
        await tellsNothing((v) => call.updateAll('Note', { [name]: clause(v), id: 999 }, { stars: 1 }), guesses)
      }
      if (name === 'secret')
        for (const operator of ['like', 'regexp', 'ilike', 'startsWith'])
          await tellsNothing((v) => call.find('Note', { where: { secret: { [operator]: `${String(v)[0]}` } } }), guesses)
      for (const one of [
        call.find('Note', { order: `${name} ASC` }),
        call.find('Note', { order: [`stars ASC`, `${name} DESC`] }),
        call.aggregate('Note', { values: { x: { min: name } } }),
        call.aggregate('Note', { values: { x: { max: name } } }),
        call.aggregate('Note', { groupBy: [name] }),
        call.aggregate('Note', { groupBy: ['stars'], having: { [name]: 1 } }),
      ]) {
        const reply = await as('ann', one)
        expect([one.path, [400, 401].includes(reply.status)]).toEqual([one.path, true])
        clean(reply)
      }
    })

    it(`41 (${door}): a hidden, a protected and a closed property are in no reply where they must not be`, async () => {
      for (const filter of [{}, { fields: ['secret', 'grade', 'title', 'id'] }, { fields: { secret: true, grade: true } }]) {
        const { status, text } = await as('ann', call.find('Note', filter))
        expect([200, 400, 401]).toContain(status)
        expect(text).not.toMatch(/alpha|beta|gamma|"grade"/)
      }
      for (const include of ['note', { relation: 'note', scope: { fields: ['secret', 'pin', 'grade', 'title'] } }]) {
        const { text } = await as('ann', call.find('Comment', { where: { noteId: 1 }, include }))
        expect(text).not.toMatch(/alpha|1111|"grade"/)
      }
      const open = await as('admin', call.find('Note', { where: { grade: 2 } }))
      expect(open.body).toMatchObject([{ grade: 2 }])
      expect(open.text).not.toContain('beta')
    })

    it.each<[string, object, object]>([
      ['a dotted path', { 'note.secret': { like: 'a%' } }, { 'note.secret': { like: 'z%' } }],
      ['a nested condition', { note: { secret: 'alpha' } }, { note: { secret: 'zzz' } }],
      ['a closed property', { 'note.grade': 1 }, { 'note.grade': 9 }],
      ['two hops', { 'note.owner.password': { like: '$%' } }, { 'note.owner.password': { like: 'z%' } }],
      ['a protected property', { 'note.pin': '1111' }, { 'note.pin': '9999' }],
    ])(`42 (${door}): %s over a relation is refused`, async (_, right, wrong) =>
      tellsNothing((where) => call.find('Comment', { where: where as object }), [right, wrong]),
    )

    it(`42 (${door}): what the caller may know can be asked over a relation`, async () => {
      expect((await as('ann', call.find('Comment', { where: { 'note.title': 'of ann' } }))).body).toMatchObject([{ text: 'one' }])
      expect((await as('ann', call.find('Comment', { where: { 'note.title': 'of bob' } }))).body).toEqual([])
    })

    it(`42 (${door}): quantifiers and orders over a relation are refused`, async () => {
      for (const one of [
        call.find('Person', { where: { notes: { some: { secret: { like: 'a%' } } } } }),
        call.findById('Person', 1, { where: { notes: { some: { secret: 'alpha' } } } }),
        call.find('Comment', { order: 'note.secret' }),
        call.find('Comment', { order: 'note.owner.verificationToken' }),
        call.find('Note', { order: 'owner.password' }),
        call.find('Note', { where: { 'owner.password': { regexp: '^\\$' } } }),
        call.find('Note', { where: { comments: { some: { note: { secret: 'alpha' } } } } }),
      ]) {
        const reply = await as('ann', one)
        if (reply.status === 200) expect(reply.text).not.toMatch(/password|verificationToken|alpha/)
        else expect([400, 401]).toContain(reply.status)
        clean(reply)
      }
    })

    it(`43 (${door}): changes, updates and errors of validation never show one`, async () => {
      const { rev } = await at.models.Doc.findLastChange('b')
      const change = { modelName: 'Doc', modelId: 'b', rev, prev: null, checkpoint: 1 }
      for (const one of [
        call.own('Doc', 'changes', { since: -1 }),
        call.post('Doc', 'diff?since=-1', ['diff', { since: -1, remoteChanges: [change] }], [change]),
        call.post('Doc', 'create-updates', ['createUpdates', { deltas: [change] }], [change]),
      ]) {
        const reply = await as('bob', one)
        expect([one.path, reply.status]).toEqual([one.path, 200])
        expect(reply.text).not.toMatch(/alpha|beta|"grade"|7[12]\b/)
      }
      const invalid = await as('admin', call.create('Note', { title: 'x', secret: 'SENSITIVE-VALUE-OF-A-CLIENT' }))
      expect(invalid.status).toBe(422)
      expect(invalid.text).not.toContain('SENSITIVE')
    })

    it(`44 (${door}): errors have neither SQL nor values nor a stack`, async () => {
      const failed = await as('ann', call.own('Broken', 'fail', {}))
      expect(failed.status).toBe(500)
      expect(failed.text).not.toMatch(/Duplicate|SELECT|x@y/)
      clean(failed)
      const twice = await as('admin', call.create('Note', { title: 'x', slug: 'a' }))
      expect([409, 422]).toContain(twice.status)
      expect(twice.text).not.toMatch(/UNIQUE|INSERT|constraint/i)
      clean(twice)
    })

    it(`45 (${door}): a denied row and an unknown one get one answer, as do a denied model and its methods`, async () => {
      for (const make of [
        (id: number) => call.findById('Note', id),
        (id: number) => call.patch('Note', id, { title: 'x' }),
        (id: number) => call.replace('Note', id, { title: 'x' }),
        (id: number) => call.hop('Note', id, ['get', 'comments']),
        (id: number) => call.exists('Note', id),
        (id: number) => call.destroy('Note', id),
      ]) {
        const [denied, missing] = [await as('ann', make(2)), await as('ann', make(7))]
        const plain = ({ status, text }: { status: number; text: string }) => [
          status,
          text.replace(/"id":\d+,?/, '').replace(/\b[27]\b/g, 'N'),
        ]
        expect(plain(denied)).toEqual(plain(missing))
      }
      expect(await at.models.Note.findById(2)).toMatchObject({ title: 'of bob' })
    })

    it(`46 (${door}): counts, existence and aggregates are about rows that the caller may see`, async () => {
      expect((await as('ann', call.count('Note'))).body).toMatchObject({ count: 2 })
      expect((await as('ann', call.count('Note', { or: [{ stars: 2 }, { stars: 1 }] }))).body).toMatchObject({ count: 1 })
      expect((await as('ann', call.aggregate('Note', { values: { n: { count: true }, most: { sum: 'stars' } } }))).body).toMatchObject([
        { n: 2, most: 4 },
      ])
      expect((await as('ann', call.findOne('Note', { where: { stars: 2 } }))).status).toBe(404)
    })

    it(`47 (${door}): what a method spreads of an instance stays hidden`, async () => {
      const reply = await as('ann', call.own('Note', 'spill', { id: 3 }))
      expect([reply.status, reply.body.title]).toEqual([200, 'public'])
      expect(reply.text).not.toMatch(/gamma|"grade"/)
    })
  })
})
