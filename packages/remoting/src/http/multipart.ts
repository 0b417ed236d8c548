import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { BusboyFileStream, BusboyHeaders } from '@fastify/busboy'
import { errors } from '../errors'
import type { Limits } from '../limits'
import { isPoisoned } from './poison'

/** A file of a multipart form, held in memory. */
export interface FormFile {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly data: Buffer
}

/** What the parser tells of a field, and of a file. */
type FieldEvent = [name: string, value: string, nameCut: boolean, valueCut: boolean]
type FileEvent = [name: string, stream: BusboyFileStream, fileName: string, encoding: string, type: string]

/** A multipart request. */
export interface FormSource {
  readonly headers: IncomingHttpHeaders
  readonly payload: Readable
  readonly limits: Limits
}

/**
 * Reads a multipart form: fields as text, files as `FormFile`; a name that comes twice gives a list.
 *
 * @param source headers, stream and bounds
 * @throws REMOTING_PART_TOO_LARGE (413), REMOTING_FORM_SYNTAX, REMOTING_KEY_REFUSED
 */
export async function parseForm(source: FormSource): Promise<Record<string, unknown>> {
  // Only forms pay for the parser.
  const { Busboy } = await import('@fastify/busboy')
  const { headers, payload, limits } = source
  const { file, files, parts, field } = limits.multipart
  const form: Record<string, unknown> = {}
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      payload.unpipe(parser)
      payload.resume()
      reject(error)
    }
    const keep = (name: string, value: unknown) => {
      if (isPoisoned(name)) return fail(errors.REMOTING_KEY_REFUSED({ where: 'form' }))
      form[name] = Object.hasOwn(form, name) ? [form[name], value].flat() : value
    }
    const parser = makeParser(
      () =>
        new Busboy({ headers: headers as BusboyHeaders, limits: { fileSize: file, files, parts, fieldSize: field, fieldNameSize: 200 } }),
    )
    parser.on('field', (...[name, value, , cut]: FieldEvent) => {
      if (cut) fail(tooLarge('bytes in a field', field, 'limits.multipart.field'))
      else keep(name, value)
    })
    parser.on('file', (...[name, stream, fileName, , type]: FileEvent) => {
      const tooLong = () => fail(tooLarge('bytes in a file', file, 'limits.multipart.file'))
      collect(stream, tooLong, (data) => keep(name, { name: fileName, type, size: data.length, data }))
    })
    parser.on('partsLimit', () => fail(tooLarge('parts', parts, 'limits.multipart.parts')))
    parser.on('filesLimit', () => fail(tooLarge('files', files, 'limits.multipart.files')))
    parser.on('error', (error: unknown) => fail(errors.REMOTING_FORM_SYNTAX({ problem: (error as Error).message })))
    parser.on('finish', () => resolve(form))
    payload.on('error', fail)
    payload.pipe(parser)
  })
}

function makeParser<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw errors.REMOTING_FORM_SYNTAX({ problem: (error as Error).message })
  }
}

function collect(stream: BusboyFileStream, tooLong: () => void, done: (data: Buffer) => void): void {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('limit', tooLong)
  stream.on('end', () => done(Buffer.concat(chunks)))
}

function tooLarge(what: string, limit: number, setting: string): Error {
  return errors.REMOTING_PART_TOO_LARGE({ what, limit, setting })
}
