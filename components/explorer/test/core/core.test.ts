import SwaggerParser from '@apidevtools/swagger-parser'
import { createApplication } from '@reloop/core'
import explorer = require('../../src')

describe('the explorer of an application of core', () => {
  const app = createApplication()
  let url: string

  beforeAll(async () => {
    const Greeter = app.registry.createModel('Greeter', {}, { base: 'Model' })
    Greeter.remoteMethod('greet', {
      accepts: { arg: 'name', type: 'string', required: true },
      returns: { arg: 'greeting', type: 'string' },
      http: { verb: 'get' },
    })
    app.model(Greeter)
    app.set('host', '127.0.0.1')
    app.set('apiInfo', { title: 'Greetings' })
    explorer(app)
    await app.start()
    url = String(app.get('url'))
  })
  afterAll(() => app.stop())

  it.each(['openapi.json', 'swagger.json'])('serves a valid %s with the application’s methods below its base path', async (name) => {
    const document = (await (await fetch(`${url}explorer/${name}`)).json()) as Record<string, unknown>
    await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toBeDefined()
    expect(document).toMatchObject({
      info: { title: 'Greetings' },
      paths: { '/Greeters/greet': { get: { operationId: 'Greeter.greet' } } },
      ...(name === 'openapi.json' ? { servers: [{ url: '/api' }] } : { basePath: '/api' }),
    })
  })

  it('serves the page where /explorer leads', async () => {
    const page = await fetch(`${url}explorer`)
    expect([page.status, page.url]).toEqual([200, `${url}explorer/`])
    expect(await page.text()).toContain('<h1>Greetings</h1>')
  })
})
