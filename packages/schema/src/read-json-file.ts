import { readFileSync } from 'node:fs'
import { checkPlain, type Schema } from './define-schema'
import { errors } from './errors'
import { locateSyntaxError } from './locate-syntax-error'

/**
 * Reads a JSON file, as a start-up does: synchronously. A byte order mark at its beginning is accepted.
 *
 * @param path path of the file
 * @param schema what it may hold; left out, only `__proto__`, `constructor` and `prototype` keys are refused
 * @returns its frozen value, with the schema's defaults
 * @throws CodedError JSON_UNREADABLE, JSON_SYNTAX (file, line and column) or SCHEMA_INVALID
 * @example const config = readJsonFile('server/config.json', configSchema)
 */
export function readJsonFile(path: string): unknown
export function readJsonFile<T>(path: string, schema: Schema<T>): T
export function readJsonFile<T>(path: string, schema?: Schema<T>): unknown {
  const value = parse(path, read(path).replace(/^\uFEFF/, ''))
  return schema ? schema.check(value, { file: path }) : checkPlain(value, { file: path })
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw errors.JSON_UNREADABLE({ file: path, reason: code === 'ENOENT' ? 'there is no such file' : message }, { cause })
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw errors.JSON_SYNTAX({ file, ...locateSyntaxError(text) }, { cause })
  }
}
