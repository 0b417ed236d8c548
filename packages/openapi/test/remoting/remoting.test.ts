import SwaggerParser from '@apidevtools/swagger-parser'
import { RemoteObjects, SharedClass } from '@reloop/remoting'
import { toOpenApi, toSwagger } from '../../src'

function Note() {}
Note.prototype.rename = () => {}
Note.find = () => {}

const remotes = new RemoteObjects()
const notes = new SharedClass('Note', Object.assign(Note, { sharedCtor: Object.assign(() => {}, { accepts: [{ arg: 'id', type: 'any', http: { source: 'path' } }], http: { path: '/:id' }, shared: true }) })) // prettier-ignore
notes.defineMethod('find', {
  isStatic: true,
  accepts: [
    { arg: 'filter', type: 'object' },
    { arg: 'options', type: 'object', http: () => ({}) },
  ],
  returns: { arg: 'data', type: ['Note'], root: true },
  http: { verb: 'get', path: '/' },
})
notes.defineMethod('rename', { accepts: { arg: 'title', type: 'string', required: true }, http: { verb: 'put', path: '/rename' } })
remotes.addClass(notes)
remotes.defineTypeSchema('Note', () => ({
  type: 'object',
  properties: { title: { type: ['string', 'null'] } },
  additionalProperties: false,
}))
const contract = remotes.contract({ basePath: '/api' })

describe('documents of the contract that remoting writes', () => {
  it('are valid in both languages', async () => {
    for (const document of [toOpenApi(contract), toSwagger(contract)]) {
      await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toBeDefined()
    }
  })

  it('show its methods, with the id of an instance, and without computed arguments', () => {
    const { paths } = toOpenApi(contract) as Record<string, Record<string, any>>
    const shown = Object.entries(paths!).map(([path, operations]) => [
      path,
      ...Object.values<any>(operations).map((operation) => [
        operation.operationId,
        (operation.parameters ?? []).map((parameter: any) => parameter.name),
      ]),
    ])
    expect(shown).toEqual([
      ['/Note', ['Note.find', ['filter']]],
      ['/Note/{id}/rename', ['Note.prototype.rename', ['id']]],
    ])
  })
})
