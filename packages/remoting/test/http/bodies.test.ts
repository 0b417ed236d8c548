import { closeAll, serve, type Shared } from '../serve'

afterAll(closeAll)

const root = { arg: 'x', type: 'any', root: true }
const body: Shared = {
  accepts: { arg: 'data', type: 'any', http: { source: 'body' } },
  returns: root,
  http: { verb: 'post' },
  fn: (data: unknown) => data ?? null,
}
const form: Shared = {
  accepts: [
    { arg: 'name', type: 'string', http: { source: 'form' } },
    { arg: 'file', type: 'any', http: { source: 'form' } },
  ],
  returns: root,
  http: { verb: 'post' },
  fn: (name: string, file?: { name: string; type: string; size: number; data: Buffer }) => ({
    name,
    file: file && { ...file, data: file.data.toString() },
  }),
}

const boundary = 'edge'
function multipart(parts: readonly { name: string; value: string; file?: string; type?: string }[]): {
  body: string
  headers: Record<string, string>
} {
  const lines = parts.map(({ name, value, file, type }) => {
    const disposition = `Content-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}`
    return [`--${boundary}`, disposition, ...(type ? [`Content-Type: ${type}`] : []), '', value].join('\r\n')
  })
  return { body: `${lines.join('\r\n')}\r\n--${boundary}--\r\n`, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

describe('bodies', () => {
  it('are JSON of any kind', async () => {
    const { post } = await serve({ Note: { body } })
    for (const value of [{ a: 1 }, [1], 'text', 12, true, null]) expect((await post('/Note/body', value)).body).toEqual(value)
  })

  it('are {} when empty, with and without a content type', async () => {
    const { send } = await serve({ Note: { body } })
    expect(
      (await send({ method: 'POST', path: '/Note/body', headers: { 'content-type': 'application/json', 'content-length': '0' } })).body,
    ).toEqual({})
    expect((await send({ method: 'POST', path: '/Note/body' })).body).toEqual({})
  })

  it('say where JSON is malformed', async () => {
    const { send } = await serve({ Note: { body } })
    const { status, body: answer } = await send({
      method: 'POST',
      path: '/Note/body',
      headers: { 'content-type': 'application/json' },
      body: '{bad',
    })
    expect([status, answer.error.name, answer.error.code]).toEqual([400, 'SyntaxError', 'REMOTING_BODY_SYNTAX'])
    expect(answer.error.message).toContain('position 1')
  })

  it('may be urlencoded, with brackets', async () => {
    const { send } = await serve({ Note: { body } })
    const reply = await send({
      method: 'POST',
      path: '/Note/body',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a[b]=1&c=x+y%20z&d=1&d=2',
    })
    expect(reply.body).toEqual({ a: { b: '1' }, c: 'x y z', d: ['1', '2'] })
  })

  it('may be multipart: fields as text, files with name, type and bytes', async () => {
    const { send } = await serve({ Note: { form } })
    const { headers, body: text } = multipart([
      { name: 'name', value: 'Lamp' },
      { name: 'file', value: 'a,b', file: 'x.csv', type: 'text/csv' },
    ])
    expect((await send({ method: 'POST', path: '/Note/form', headers, body: text })).body).toEqual({
      name: 'Lamp',
      file: { name: 'x.csv', type: 'text/csv', size: 3, data: 'a,b' },
    })
  })

  it('are left to methods that read the request themselves, whatever their type', async () => {
    const raw: Shared = {
      accepts: { arg: 'req', type: 'object', http: { source: 'req' } },
      returns: root,
      http: { verb: 'post' },
      async fn(req: AsyncIterable<Buffer>) {
        let text = ''
        for await (const chunk of req) text += chunk.toString()
        return text
      },
    }
    const { send } = await serve({ Note: { raw } })
    expect((await send({ method: 'POST', path: '/Note/raw', headers: { 'content-type': 'application/pdf' }, body: 'bytes' })).body).toBe(
      'bytes',
    )
    const { headers, body: text } = multipart([{ name: 'a', value: 'b' }])
    expect((await send({ method: 'POST', path: '/Note/raw', headers, body: text })).body).toBe(text)
  })

  it('take LoopBack’s tagged values for dates and buffers', async () => {
    const kinds: Shared = { ...body, fn: (data: { at: unknown; bytes: unknown }) => [data.at instanceof Date, Buffer.isBuffer(data.bytes)] }
    const { post } = await serve({ Note: { kinds } })
    expect(
      (await post('/Note/kinds', { at: { $type: 'date', $data: '2026-01-01T00:00:00Z' }, bytes: { $type: 'base64', $data: 'Ynl0ZXM=' } }))
        .body,
    ).toEqual([true, true])
  })

  it.each([
    ['limits.body.json', { body: { json: 20 } }, { a: 'x'.repeat(12) }, { a: 'x'.repeat(13) }, 413],
    ['limits.body.depth', { body: { depth: 3 } }, { a: { b: { c: 1 } } }, { a: { b: { c: {} } } }, 400],
  ] as const)('keep %s', async (_name, limits, within, over, status) => {
    const { post } = await serve({ Note: { body } }, { options: { limits } })
    expect((await post('/Note/body', within)).body).toEqual(within)
    expect((await post('/Note/body', over)).status).toBe(status)
  })

  it('take LoopBack’s own setting of the size', async () => {
    const { post } = await serve({ Note: { body } }, { options: { json: { limit: '1kb' } } })
    expect((await post('/Note/body', 'x'.repeat(1000))).status).toBe(200)
    expect((await post('/Note/body', 'x'.repeat(1030))).status).toBe(413)
  })

  it.each([
    ['file', { file: 5 }, [{ name: 'file', value: '12345', file: 'a' }], [{ name: 'file', value: '123456', file: 'a' }]],
    ['field', { field: 5 }, [{ name: 'name', value: '12345' }], [{ name: 'name', value: '123456' }]],
    [
      'files',
      { files: 1 },
      [{ name: 'file', value: '1', file: 'a' }],
      [
        { name: 'file', value: '1', file: 'a' },
        { name: 'file', value: '2', file: 'b' },
      ],
    ],
    [
      'parts',
      { parts: 2 },
      [{ name: 'name', value: 'a' }],
      [
        { name: 'name', value: 'a' },
        { name: 'b', value: 'b' },
        { name: 'c', value: 'c' },
      ],
    ],
  ])('keep limits.multipart.%s', async (name, limits, within, over) => {
    const { send } = await serve({ Note: { form } }, { options: { limits: { multipart: limits } } })
    const ask = async (parts: Parameters<typeof multipart>[0]) => send({ method: 'POST', path: '/Note/form', ...multipart(parts) })
    expect((await ask(within)).status).toBe(200)
    const refused = await ask(over)
    expect(refused.status).toBe(413)
    expect(refused.body.error.message).toContain(`limits.multipart.${name}`)
  })
})
