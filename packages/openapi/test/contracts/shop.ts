import type { Contract, ContractArgument, ContractMethod, ContractReturn } from '@reloop/remoting'

const argument = (name: string, type: ContractArgument['type'], more: Partial<ContractArgument> = {}): ContractArgument => ({
  name,
  type,
  required: false,
  source: 'any',
  ...more,
})
const returned = (name: string, type: ContractReturn['type'], more: Partial<ContractReturn> = {}): ContractReturn => ({
  name,
  type,
  root: false,
  ...more,
})
const method = (name: string, more: Partial<ContractMethod>): ContractMethod => ({
  name,
  aliases: [],
  isStatic: !name.startsWith('prototype.'),
  documented: true,
  accepts: [],
  returns: [],
  routes: [],
  ...more,
})

const id = argument('id', 'any', { source: 'path', required: true, description: 'Product id' })
const data = argument('data', 'object', { source: 'body', root: true, description: 'Model instance data' })
const instance = returned('data', 'Product', { root: true })

/** A contract with one of everything that documents have to say. */
export const shop: Contract = {
  reloop: 1,
  basePath: '/api',
  info: { title: 'Shop', version: '2.1.0', description: 'What is <b>sold</b>.' },
  classes: [
    {
      name: 'Product',
      path: '/Products',
      description: 'Things to buy. <script>alert(1)</script> and `<b>code</b>`',
      methods: [
        method('find', {
          description: 'Find <all> of them',
          notes: 'With <img src=x onerror=alert(1)> in notes',
          accepts: [argument('filter', 'object', { description: 'Filter defining fields, where and order' })],
          returns: [returned('data', ['Product'], { root: true })],
          routes: [{ verb: 'get', path: '/' }],
        }),
        method('create', {
          accepts: [{ ...data, allowArray: true }],
          returns: [instance],
          routes: [{ verb: 'post', path: '/' }],
        }),
        method('findById', { accepts: [id, argument('filter', 'object')], returns: [instance], routes: [{ verb: 'get', path: '/:id' }] }),
        method('exists', {
          accepts: [id],
          returns: [returned('exists', 'boolean')],
          routes: [
            { verb: 'get', path: '/:id/exists' },
            { verb: 'head', path: '/:id' },
          ],
        }),
        method('deleteById', { accepts: [id], routes: [{ verb: 'del', path: '/:id' }] }),
        method('prototype.patchAttributes', { accepts: [data], returns: [instance], routes: [{ verb: 'patch', path: '/:id' }] }),
        method('prototype.__findById__parts', {
          accepts: [argument('fk', 'any', { source: 'path', required: true })],
          returns: [returned('result', 'Part', { root: true })],
          routes: [{ verb: 'get', path: '/:id/parts/:fk' }],
        }),
        method('greet', {
          description: 'Greets',
          accepts: [
            argument('name', 'string', { required: true, description: 'who', default: 'Ann' }),
            argument('list', ['number'], { source: 'query' }),
            argument('tenant', 'string', { source: 'header' }),
          ],
          returns: [
            returned('greeting', 'string', { description: 'The words' }),
            returned('product', 'Product'),
            returned('status', 'number', { target: 'status' }),
            returned('rate', 'number', { target: 'header', header: 'X-Rate', description: 'Calls left' }),
          ],
          routes: [
            { verb: 'get', path: '/greet' },
            { verb: 'all', path: '/greet', status: 201, errorStatus: 418 },
          ],
        }),
        method('upload', {
          accepts: [
            argument('note', 'string', { source: 'form', required: true }),
            argument('meta', 'object', { source: 'form', default: { a: [{ $ref: '//evil' }] } }),
          ],
          returns: [returned('file', 'file', { root: true })],
          routes: [{ verb: 'post', path: '/upload' }],
        }),
        method('sync', {
          accepts: [argument('where', 'object'), argument('note', 'string', { source: 'form' }), data],
          returns: [returned('info', 'object', { root: true })],
          routes: [
            { verb: 'put', path: '/sync' },
            { verb: 'delete', path: '/sync' },
          ],
        }),
        method('createChangeStream', {
          accepts: [argument('options', 'object')],
          returns: [returned('changes', 'ReadableStream', { root: true })],
          routes: [{ verb: 'get', path: '/change-stream' }],
        }),
        method('secret', {
          documented: false,
          returns: [returned('x', 'Secret', { root: true })],
          routes: [{ verb: 'get', path: '/secret' }],
        }),
        // The same endpoint as findById, under another name of its parameter: the first one counts.
        method('lookup', { accepts: [argument('key', 'string', { source: 'path' })], routes: [{ verb: 'get', path: '/:key' }] }),
        method('rename', { accepts: [argument('key', 'string', { source: 'path' })], routes: [{ verb: 'put', path: '/:key' }] }),
      ],
    },
    {
      name: 'Hidden',
      path: '/Hidden',
      methods: [method('nothing', { documented: false, routes: [{ verb: 'get', path: '/' }] })],
    },
    {
      name: 'Audit',
      path: '/audit',
      methods: [
        method('list', {
          accepts: [argument('since', 'date', { required: true }), argument('odd', 'NoSuchType')],
          returns: [returned('entries', ['"; process.exit()//'], { root: true })],
          routes: [{ verb: 'get', path: '/' }],
        }),
      ],
    },
  ],
  types: {
    Product: {
      type: 'object',
      title: 'Product',
      properties: {
        id: { type: ['number', 'null'] },
        name: { type: ['string', 'null'] },
        part: { $ref: 'Part' },
        kind: { anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
        size: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        fixed: { const: 1 },
        tags: { type: ['array', 'null'], items: { type: ['string', 'null'] } },
        loose: { type: 'array' },
        odd: { $ref: '#/nowhere' },
        example: { type: 'object', default: { $ref: 'file:///etc/passwd' } },
      },
      additionalProperties: false,
    },
    Part: { type: 'object', title: 'Part', properties: { product: { $ref: 'Product' } } },
    Secret: { type: 'object', properties: { password: { type: 'string' } } },
    Unused: { type: 'object' },
    ErrorReply: { type: 'object' },
    '"; process.exit()//': { type: 'object', properties: { ok: { type: 'boolean' } } },
  },
}
