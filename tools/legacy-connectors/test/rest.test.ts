import { DataSource } from '@reloop/juggler'
import { called, type AnyModel } from './loose'
import { Service } from './service'
import { titleOf } from './stores'

const service = new Service()
beforeAll(() => service.start())
beforeEach(() => {
  service.asked.length = 0
  service.rows.clear()
})
afterAll(() => service.stop())

describe.each(['loopback-connector-rest-3', 'loopback-connector-rest-6'].map((folder) => [titleOf(folder), folder] as const))(
  '%s',
  (_, folder) => {
    describe('with templates', () => {
      let source: AnyModel
      let Geo: AnyModel

      beforeAll(async () => {
        source = new DataSource({
          connector: require(folder),
          operations: [
            {
              template: {
                method: 'GET',
                url: `${service.url}/places/{kind}`,
                query: { address: '{address}', sensor: '{sensor=false:boolean}' },
                headers: { 'x-key': '{key=none}' },
              },
              functions: { geocode: ['kind', 'address', 'sensor'], keyed: ['kind', 'address', { name: 'key', source: 'header' }] },
            },
            { template: { method: 'GET', url: `${service.url}/places/list`, responsePath: '$.query' }, functions: { paths: [] } },
            {
              template: { method: 'POST', url: `${service.url}/notes`, body: { text: '{text:string}', n: '{n:number}' } },
              functions: { note: ['text', 'n'] },
            },
            { template: { method: 'GET', url: `${service.url}/broken` }, functions: { broken: [] } },
          ],
        })
        Geo = source.createModel('Geo', {})
        await source.connect()
      })
      afterAll(() => source.disconnect())

      it('makes each function a method of the models', async () => {
        expect(await Geo.geocode('streets', 'High Street')).toMatchObject({
          path: '/places/streets',
          query: { address: 'High Street', sensor: 'false' },
        })
        expect(await Geo.keyed('streets', 'x', 'secret')).toMatchObject({ head: 'secret' })
        expect(await Geo.note('hello', 3)).toMatchObject({ body: { text: 'hello', n: 3 } })
      })

      it('answers to callbacks, with the response behind the body', async () => {
        const [body, response] = await called(Geo, 'geocode', 'streets', 'x')
        expect(body.path).toBe('/places/streets')
        expect(response.statusCode).toBe(200)
      })

      it('makes each function a method of the data source', async () => {
        const [body] = await called(source, 'geocode', 'streets', 'x')
        expect(body.path).toBe('/places/streets')
      })

      it('keeps what a remote method needs to know of it', () => {
        expect(Geo.geocode.accepts).toMatchObject([
          { arg: 'kind', http: { source: 'path' } },
          { arg: 'address', http: { source: 'query' } },
          { arg: 'sensor', type: 'boolean' },
        ])
        expect({ ...Geo.geocode }).toMatchObject({
          shared: true,
          http: { verb: 'get', path: '/geocode/:kind' },
          returns: { arg: 'data', root: true },
        })
        expect(Geo.keyed.accepts[2]).toMatchObject({ http: { source: 'header' } })
      })

      it('passes on a failure of the service with its status', async () => {
        await expect(Geo.broken()).rejects.toMatchObject({ statusCode: 503 })
      })

      it('has none of the methods over rows', () => {
        expect(Geo.find).toBeUndefined()
        expect(Geo.create).toBeUndefined()
      })

      it('runs hooks around each request, and lets one answer instead', async () => {
        const seen: string[] = []
        const before = (context: AnyModel, next: () => void) => {
          seen.push(context.req.method)
          if (String(context.req.uri ?? context.req.url).endsWith('/notes')) context.end(null, { statusCode: 200 }, { instead: true })
          else next()
        }
        source.connector.observe('before execute', before)
        expect(await Geo.note('x', 1)).toEqual({ instead: true })
        await Geo.geocode('streets', 'x')
        expect(seen).toEqual(['POST', 'GET'])
        expect(service.asked.map(({ line }) => line)).toEqual(['GET /places/streets'])
        source.connector.clearObservers('before execute')
      })
    })

    describe('over rows', () => {
      let source: AnyModel
      let Pen: AnyModel

      beforeAll(async () => {
        source = new DataSource({ connector: require(folder), baseURL: service.url })
        Pen = source.createModel('Pen', { name: String, price: Number, made: Date }, { plural: 'pens' })
        await source.connect()
      })
      afterAll(() => source.disconnect())

      it('creates, reads, changes and removes a row', async () => {
        const pen = await Pen.create({ name: 'quill', price: 3, made: new Date(0) })
        expect(pen.id).toBe(1)
        const found = await Pen.findById(1)
        expect(found.toJSON()).toMatchObject({ id: 1, name: 'quill', price: 3, made: new Date(0) })
        expect(service.asked.map(({ line }) => line)).toEqual(['POST /pens', 'GET /pens/1'])
        await found.updateAttributes({ price: 4 })
        expect(service.rows.get(1)).toMatchObject({ name: 'quill', price: 4 })
        found.price = 5
        await found.save()
        expect(service.rows.get(1)).toMatchObject({ price: 5 })
        await found.destroy()
        expect(service.asked.at(-1)!.line).toBe('DELETE /pens/1')
        expect(await Pen.findById(1)).toBeNull()
      })

      it('answers conditions, orders and pages that the service does not know', async () => {
        await Pen.create([
          { name: 'quill', price: 3 },
          { name: 'biro', price: 1 },
          { name: 'marker', price: 2 },
        ])
        const names = async (filter: object) => (await Pen.find(filter)).map((pen: AnyModel) => pen.name)
        expect(await names({ where: { price: { gt: 1 } }, order: 'price' })).toEqual(['marker', 'quill'])
        expect(await names({ order: 'name' })).toEqual(['biro', 'marker', 'quill'])
        expect(await names({ where: { name: 'biro' }, limit: 1 })).toEqual(['biro'])
        expect(await Pen.count({ price: { lt: 3 } })).toBe(2)
        expect(await Pen.count()).toBe(3)
      })

      it('removes only what a condition names', async () => {
        await Pen.create([
          { name: 'quill', price: 3 },
          { name: 'biro', price: 1 },
          { name: 'marker', price: 2 },
        ])
        expect(await Pen.destroyAll({ price: { gt: 2 } })).toEqual({ count: 1 })
        expect([...service.rows.keys()]).toEqual([2, 3])
        expect(await Pen.destroyAll({ name: 'nobody' })).toEqual({ count: 0 })
        expect(await Pen.updateAll({ name: 'biro' }, { price: 9 })).toEqual({ count: 1 })
        expect(service.rows.get(2)).toMatchObject({ name: 'biro', price: 9 })
        await Pen.destroyAll()
        expect(service.rows.size).toBe(0)
      })
    })

    it('has both kinds of methods when the settings say so', async () => {
      const source = new DataSource({
        connector: require(folder),
        baseURL: service.url,
        crud: true,
        operations: [{ template: { method: 'GET', url: `${service.url}/places/{kind}` }, functions: { places: ['kind'] } }],
      })
      const Pen = source.createModel('Pen', { name: String }, { plural: 'pens' }) as AnyModel
      await Pen.create({ name: 'quill' })
      expect(await Pen.places('near')).toMatchObject({ path: '/places/near' })
      expect((await Pen.findById(1)).name).toBe('quill')
    })

    it('needs a template for each operation', () => {
      expect(() => new DataSource({ connector: require(folder), operations: [{ functions: { a: [] } }] })).toThrow(
        /Cannot initialize connector .*The operation template is missing/,
      )
    })
  },
)
