import SwaggerParser from '@apidevtools/swagger-parser'
import type { Contract } from '@reloop/remoting'
import { toOpenApi } from '../../src'
import { shop } from '../contracts/shop'

type Json = Record<string, any>

const document: Json = toOpenApi(shop)
const validate = (given: unknown) => SwaggerParser.validate(structuredClone(given) as never)

describe('toOpenApi', () => {
  it('writes a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toBe('3.1.0')
    await expect(validate(document)).resolves.toBeDefined()
  })

  it('writes a valid document of an empty contract', async () => {
    await expect(validate(toOpenApi({ ...shop, classes: [], types: {} }))).resolves.toBeDefined()
  })

  it('takes its information from the contract and the options', () => {
    expect(document.info).toEqual({ title: 'Shop', version: '2.1.0', description: 'What is &lt;b>sold&lt;/b>.' })
    const options = {
      info: { title: 'Mine', contact: { email: 'a@example.com' }, other: 1 },
      host: 'api.example.com:8080',
      protocol: 'http' as const,
    }
    const other: Json = toOpenApi(shop, options)
    expect(other.info).toMatchObject({ title: 'Mine', version: '2.1.0', contact: { email: 'a@example.com' } })
    expect(other.info).not.toHaveProperty('other')
    expect(other.servers).toEqual([{ url: 'http://api.example.com:8080/api' }])
    expect(document.servers).toEqual([{ url: '/api' }])
  })

  it('names operations as LoopBack does', () => {
    const ids = Object.values<Json>(document.paths).flatMap((path) =>
      Object.values<Json>(path).map((operation) => operation.operationId as string),
    )
    expect(ids).toEqual([
      'Product.find',
      'Product.create',
      'Product.createChangeStream',
      'Product.greet__get_Products_greet',
      'Product.greet__post_Products_greet',
      'Product.sync__put_Products_sync',
      'Product.sync__delete_Products_sync',
      'Product.upload',
      'Product.findById',
      'Product.rename',
      'Product.prototype.patchAttributes',
      'Product.deleteById',
      'Product.exists__head_Products_{id}',
      'Product.exists__get_Products_{id}_exists',
      'Product.prototype.__findById__parts',
      'Audit.list',
    ])
  })

  it('leaves out what is not documented: methods, and the models and tags only they would need', () => {
    expect(document.tags.map((tag: Json) => tag.name)).toEqual(['Audit', 'Product'])
    expect(Object.keys(document.paths)).not.toContain('/Products/secret')
    expect(Object.keys(document.components.schemas)).toEqual(['Part', 'Product', '___process.exit____', 'ErrorReply_'].sort())
    expect(JSON.stringify(document)).not.toMatch(/password/i)
  })

  it('keeps one template of paths that differ in the names of their parameters', () => {
    expect(document.paths['/Products/{id}'].put).toMatchObject({
      operationId: 'Product.rename',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    })
    expect(document.paths).not.toHaveProperty(['/Products/{key}'])
  })

  it('asks for the id of an instance method although its arguments do not list it', () => {
    expect(document.paths['/Products/{id}/parts/{fk}'].get.parameters).toEqual([
      { name: 'id', in: 'path', description: 'Product id', required: true, schema: { type: 'string' } },
      { name: 'fk', in: 'path', required: true, schema: { type: 'string' } },
    ])
  })

  it('writes a filter as a parameter of JSON text, and says so', () => {
    expect(document.paths['/Products'].get.parameters).toEqual([
      {
        name: 'filter',
        in: 'query',
        description: 'Filter defining fields, where and order (as JSON)',
        schema: { type: 'string', format: 'json' },
      },
    ])
  })

  it('puts arguments where the method reads them', () => {
    const { get, post } = document.paths['/Products/greet']
    expect(get.parameters.map((parameter: Json) => `${parameter.in} ${parameter.name}`)).toEqual([
      'query name',
      'query list',
      'header tenant',
    ])
    expect(get.parameters[0]).toMatchObject({ required: true, schema: { type: 'string', default: 'Ann' } })
    expect(post.parameters.map((parameter: Json) => `${parameter.in} ${parameter.name}`)).toEqual(['query list', 'header tenant'])
    expect(post.requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object', required: ['name'], properties: { name: { type: 'string', description: 'who', default: 'Ann' } } },
        },
      },
    })
  })

  it('puts what stands beside a body into the query, and asks for no body where there can be none', () => {
    const { delete: remove, put } = document.paths['/Products/sync']
    expect(put.parameters.map((parameter: Json) => `${parameter.in} ${parameter.name}`)).toEqual(['query where'])
    expect(put.requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Product' })
    expect(remove.parameters.map((parameter: Json) => `${parameter.in} ${parameter.name}`)).toEqual(['query where'])
  })

  it('describes bodies: a record for `data`, or a list of them', () => {
    expect(document.paths['/Products'].post.requestBody.content['application/json'].schema).toEqual({
      oneOf: [{ $ref: '#/components/schemas/Product' }, { type: 'array', items: { $ref: '#/components/schemas/Product' } }],
    })
    expect(document.paths['/Products/{id}'].patch.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Product',
    })
  })

  it('describes replies: values, headers, files, streams, nothing', () => {
    const { responses } = document.paths['/Products/greet'].get
    expect(responses['200']).toEqual({
      description: 'Success.',
      headers: { 'X-Rate': { description: 'Calls left', schema: { type: 'number', format: 'double' } } },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { greeting: { type: 'string', description: 'The words' }, product: { $ref: '#/components/schemas/Product' } },
          },
        },
      },
    })
    expect(Object.keys(document.paths['/Products/greet'].post.responses)).toEqual(['201', '401', '418', 'default'])
    expect(document.paths['/Products/upload'].post.responses['200'].content).toHaveProperty(['application/octet-stream'])
    expect(document.paths['/Products/change-stream'].get.responses['200'].content).toHaveProperty(['text/event-stream'])
    expect(document.paths['/Products/{id}'].delete.responses['204']).toEqual({ description: 'Success.' })
    expect(document.paths['/Products/{id}'].head.responses['200']).not.toHaveProperty('content')
  })

  it('describes errors in the shape that they have', () => {
    expect(Object.keys(document.paths['/Products/{id}'].patch.responses)).toEqual(['200', '401', '404', '422', 'default'])
    expect(document.paths['/Products/{id}'].patch.responses['422']).toEqual({ $ref: '#/components/responses/Invalid' })
    expect(document.components.responses.Invalid.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/ErrorReply_' })
    expect(document.components.schemas.ErrorReply_.properties.error.required).toEqual(['statusCode', 'message'])
  })

  it('declares the access token, unless told not to', () => {
    expect(document.security).toEqual([{}, { access_token: [] }])
    expect(document.components.securitySchemes.access_token).toMatchObject({ type: 'apiKey', in: 'header', name: 'X-Access-Token' })
    const open: Json = toOpenApi(shop, { security: false })
    expect(open).not.toHaveProperty('security')
    expect(open.components).not.toHaveProperty('securitySchemes')
  })

  it('resolves references between models, and drops those that lead elsewhere, in data too', () => {
    const { properties } = document.components.schemas.Product
    expect(properties.part).toEqual({ $ref: '#/components/schemas/Part' })
    expect(properties.odd).toEqual({})
    expect(JSON.stringify(document)).not.toMatch(/passwd|evil/)
  })

  it('keeps HTML in descriptions inert', () => {
    const product = document.tags.find((tag: Json) => tag.name === 'Product')
    expect(product.description).toBe('Things to buy. &lt;script>alert(1)&lt;/script> and `<b>code</b>`')
    expect(document.paths['/Products'].get.description).toBe('With &lt;img src=x onerror=alert(1)> in notes')
  })

  it('is the same text whatever the order of registration', () => {
    const reversed: Contract = {
      ...shop,
      classes: [...shop.classes].reverse(),
      types: Object.fromEntries(Object.entries(shop.types).reverse()),
    }
    expect(JSON.stringify(toOpenApi(reversed))).toBe(JSON.stringify(document))
  })

  it('leaves the contract untouched', () => {
    const before = JSON.stringify(shop)
    toOpenApi(shop)
    expect(JSON.stringify(shop)).toBe(before)
  })
})
