import { readFile } from 'node:fs/promises'
import { errors } from '../errors'

/** A table as it stands in a file: next number of its sequence, and rows as JSON text under their ids. */
export interface StoredTable {
  next: number
  readonly rows: Map<string, string>
}

/** What is needed to write a table down; rows are asked for while the file is written. */
export interface TableImage {
  readonly name: string
  readonly next: number
  readonly rows: Iterable<readonly [id: string, text: string]>
}

/**
 * Reads a file of LoopBack's form `{"ids": {Model: next}, "models": {Model: {"id": "row as JSON text"}}}`.
 *
 * @returns the tables, none when there is no file or it is empty
 * @throws MEMORY_FILE_INVALID
 */
export async function readSnapshot(file: string): Promise<Map<string, StoredTable>> {
  const text = await readIfThere(file)
  const { ids, models } = text.trim() === '' ? { ids: {}, models: {} } : parse(file, text)
  const tables = new Map<string, StoredTable>()
  for (const name of new Set([...Object.keys(ids), ...Object.keys(models)])) {
    tables.set(name, { next: nextOf(file, name, ids[name]), rows: rowsOf(file, name, models[name]) })
  }
  return tables
}

/** The text of such a file, in pieces of about 64 kB. */
export function* writeSnapshot(images: readonly TableImage[]): Iterable<string> {
  const ids = images.map(({ name, next }) => `\n    ${JSON.stringify(name)}: ${next}`)
  let text = `{\n  "ids": {${ids.join()}${close(ids.length)}},\n  "models": {`
  for (const [position, { name, rows }] of images.entries()) {
    text += `${position > 0 ? ',' : ''}\n    ${JSON.stringify(name)}: {`
    let first = true
    for (const [id, row] of rows) {
      text += `${first ? '' : ','}\n      ${JSON.stringify(id)}: ${JSON.stringify(row)}`
      first = false
      if (text.length > 65_536) {
        yield text
        text = ''
      }
    }
    text += first ? '}' : '\n    }'
  }
  yield `${text}${close(images.length)}}\n}\n`
}

function close(items: number): string {
  return items > 0 ? '\n  ' : ''
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

type Fields = Readonly<Record<string, unknown>>

function parse(file: string, text: string): { ids: Fields; models: Fields } {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw errors.MEMORY_FILE_INVALID({ file, problem: (error as Error).message }, { cause: error })
  }
  const { ids = {}, models = {} } = isFields(parsed) ? parsed : {}
  if (!isFields(parsed) || !isFields(ids) || !isFields(models)) {
    throw errors.MEMORY_FILE_INVALID({ file, problem: '"ids" and "models" must be objects.' })
  }
  return { ids, models }
}

function nextOf(file: string, name: string, next: unknown = 1): number {
  const number = Number(next)
  if (!Number.isFinite(number)) throw errors.MEMORY_FILE_INVALID({ file, problem: `"ids.${name}" must be a number.` })
  return Math.max(1, Math.floor(number))
}

function rowsOf(file: string, name: string, rows: unknown = {}): Map<string, string> {
  if (!isFields(rows)) throw errors.MEMORY_FILE_INVALID({ file, problem: `"models.${name}" must be an object.` })
  for (const [id, text] of Object.entries(rows)) {
    if (typeof text !== 'string') throw errors.MEMORY_FILE_INVALID({ file, problem: `"models.${name}.${id}" must be JSON text.` })
  }
  return new Map(Object.entries(rows) as [string, string][])
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
