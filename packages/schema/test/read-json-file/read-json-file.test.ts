import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { locateSyntaxError } from '../../src/locate-syntax-error'
import { defineSchema, readJsonFile } from '../../src'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schema-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (text: string | Buffer) => {
  const path = join(folder, 'config.json')
  writeFileSync(path, text)
  return path
}

describe('readJsonFile', () => {
  it('reads a file and freezes its value', () => {
    const value = readJsonFile(file('{"a": [1, {"b": null}]}')) as { a: readonly unknown[] }
    expect(value).toEqual({ a: [1, { b: null }] })
    expect([value, value.a, value.a[1]].every(Object.isFrozen)).toBe(true)
  })

  it('accepts a byte order mark', () => {
    expect(readJsonFile(file('\uFEFF{"a":1}'))).toEqual({ a: 1 })
  })

  it('checks against a schema and names the file', () => {
    const schema = defineSchema<{ port: number }>({
      type: 'object',
      properties: { port: { type: 'integer', default: 80 } },
      additionalProperties: false,
    })
    expect(readJsonFile(file('{}'), schema).port).toBe(80)
    const path = file('{"port":"x"}')
    expect(() => readJsonFile(path, schema)).toThrow(`${path} is not valid: port must be integer, not "x"`)
  })

  it('refuses keys that reach a prototype, with and without schema', () => {
    const path = file('{"a":{"__proto__":{"polluted":1}}}')
    for (const read of [() => readJsonFile(path), () => readJsonFile(path, defineSchema({ type: 'object' }))]) {
      expect(read).toThrow(`${path} is not valid: a.__proto__ is a key that is not allowed`)
    }
  })

  it('tells that there is no such file', () => {
    const path = join(folder, 'nope.json')
    expect(() => readJsonFile(path)).toThrow(
      expect.objectContaining({ code: 'JSON_UNREADABLE', message: `${path} cannot be read: there is no such file` }),
    )
  })

  it.each([
    ['{\n  "a": 1,\n  "b" 2\n}', 3, 7, 'expected ":", found "2"'],
    ['{\n  "a": 1,\n}', 3, 1, 'expected a key in double quotes, found "}"'],
    ["{'a': 1}", 1, 2, 'expected a key in double quotes or "}", found "\'"'],
    ['{"a": nope}', 1, 7, 'expected a value, found "n"'],
    ['[1, 2', 1, 6, 'expected "," or "]", found the end of the file'],
    ['[1 2]', 1, 4, 'expected "," or "]", found "2"'],
    ['{"a": "b\n"}', 1, 9, 'expected a closing double quote, found "\\n"'],
    ['["\\x"]', 1, 3, 'expected a valid escape after "\\", found "\\\\"'],
    ['{} {}', 1, 4, 'expected the end of the file, found "{"'],
    ['', 1, 1, 'expected a value, found the end of the file'],
    ['// comment\n{}', 1, 1, 'expected a value, found "/"'],
    ['[1,]', 1, 4, 'expected a value, found "]"'],
    ['[01]', 1, 3, 'expected "," or "]", found "1"'],
    ['"a', 1, 3, 'expected a closing double quote, found the end of the file'],
  ])('names line and column of %j', (text, line, column, problem) => {
    const path = file(text)
    expect(() => readJsonFile(path)).toThrow(
      expect.objectContaining({ code: 'JSON_SYNTAX', message: `${path}:${line}:${column} is not valid JSON: ${problem}` }),
    )
  })
})

describe('locateSyntaxError', () => {
  it('stops at the first character from which no JSON could follow', () => {
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('}', ']', ',', '"', ':', 'x', ' ', '')).map(([text, at, put]) => {
      const index = at % (text.length + 1)
      return text.slice(0, index) + put + text.slice(index + 1)
    })
    fc.assert(
      fc.property(broken, (text) => {
        fc.pre(!isJson(text))
        const { line, column } = locateSyntaxError(text)
        const offset =
          text
            .split('\n')
            .slice(0, line - 1)
            .join('\n').length +
          (line > 1 ? 1 : 0) +
          column -
          1
        expect(offset).toBeLessThanOrEqual(text.length)
        if (offset < text.length) expect(couldContinue(text.slice(0, offset))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a text is the beginning of some JSON: its only fault is that it ends too early. */
function couldContinue(text: string): boolean {
  const { line, column, problem } = locateSyntaxError(text)
  return isJson(text) || (problem.endsWith('found the end of the file') && line * column > 0)
}
