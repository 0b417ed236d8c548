import SwaggerParser from '@apidevtools/swagger-parser'
import { toSwagger } from '../../src'
import { shop } from '../contracts/shop'

type Json = Record<string, any>

const document: Json = toSwagger(shop)

describe('toSwagger', () => {
  it('writes a valid Swagger 2.0 document', async () => {
    expect(document.swagger).toBe('2.0')
    await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toBeDefined()
  })

  it('has the head that LoopBack’s has', () => {
    expect(document).toMatchObject({
      info: { title: 'Shop', version: '2.1.0' },
      basePath: '/api',
      consumes: ['application/json', 'application/x-www-form-urlencoded'],
      produces: ['application/json'],
    })
    expect(
      toSwagger(
        { ...shop, basePath: '/' },
        { host: 'example.com', protocol: 'http', consumes: ['application/json'], produces: ['text/xml'] },
      ),
    ).toMatchObject({
      host: 'example.com',
      schemes: ['http'],
      basePath: '/',
      consumes: ['application/json'],
      produces: ['text/xml'],
    })
  })

  it('writes objects outside of the body as JSON text', () => {
    expect(document.paths['/Products'].get.parameters).toEqual([
      {
        name: 'filter',
        in: 'query',
        description: 'Filter defining fields, where and order',
        required: false,
        type: 'string',
        format: 'JSON',
      },
    ])
  })

  it('writes arguments of a POST as form data, and the body as a schema', () => {
    expect(document.paths['/Products/greet'].post.parameters).toEqual([
      { name: 'list', in: 'query', required: false, type: 'string', format: 'JSON' },
      { name: 'tenant', in: 'header', required: false, type: 'string' },
      { name: 'name', in: 'formData', description: 'who', required: true, type: 'string', default: 'Ann' },
    ])
    expect(document.paths['/Products'].post.parameters).toEqual([
      { name: 'data', in: 'body', description: 'Model instance data', required: false, schema: { $ref: '#/definitions/Product' } },
    ])
  })

  it('writes files and streams as files, and no content for 204 and HEAD', () => {
    expect(document.paths['/Products/upload'].post).toMatchObject({
      produces: ['application/octet-stream'],
      responses: { 200: { schema: { type: 'file' } } },
    })
    expect(document.paths['/Products/change-stream'].get.responses['200'].schema).toEqual({ type: 'file' })
    expect(document.paths['/Products/{id}'].delete.responses['204']).toEqual({ description: 'Request was successful' })
    expect(document.paths['/Products/{id}'].head.responses['200']).not.toHaveProperty('schema')
  })

  it('says in the smaller language only what holds', () => {
    expect(document.definitions.Product.properties).toEqual({
      id: { type: 'number' },
      name: { type: 'string' },
      part: { $ref: '#/definitions/Part' },
      kind: { type: 'string', maxLength: 9 },
      size: {},
      fixed: { enum: [1] },
      tags: { type: 'array', items: { type: 'string' } },
      loose: { type: 'array', items: {} },
      odd: {},
      example: { type: 'object' },
    })
    expect(document.definitions.Product.additionalProperties).toBe(false)
  })

  it('names the same operations as the OpenAPI document', () => {
    expect(document.paths['/Products/{id}'].patch.operationId).toBe('Product.prototype.patchAttributes')
    expect(document.paths['/Products/greet'].get.operationId).toBe('Product.greet__get_Products_greet')
  })

  it('leaves out what is not documented', () => {
    expect(JSON.stringify(document)).not.toMatch(/password|"Hidden"|Unused/)
  })
})
