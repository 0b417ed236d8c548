import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The lines of the attack list that concern the model server. */
const lines = [31, ...Array.from({ length: 31 }, (_, n) => 41 + n), 73, 74, 75, 82, 86, 88]

/** Lines about parts that do not exist: never counted as held. */
const notApplicable: Readonly<Record<number, string>> = {
  31: 'there is no GraphQL door; its aliases, fragments and introspection have nothing to answer them',
}

/** What is asked in another form than by a title with the number. */
const heldBy: Readonly<Record<number, string>> = {
  88: 'unharmed() after every test of every door',
}

it('has a test for every line that applies, through every door or the one that the line is about', () => {
  const texts = readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.ts') && name !== 'matrix.test.ts')
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
    .join('\n')
  const titled = (line: number) => new RegExp(`['\`]${line}(, \\d+)* ?[(:]`).test(texts)
  const missing = lines.filter((line) => !titled(line) && !(line in notApplicable) && !(line in heldBy))
  expect(missing).toEqual([])
  expect(Object.keys(notApplicable).filter((line) => titled(Number(line)))).toEqual([])
})
