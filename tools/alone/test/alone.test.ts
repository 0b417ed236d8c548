import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../run/command.mjs'
import { runExample } from '../check.mjs'
import { exampleOf, namesToInstall } from '../example.mjs'

const home = mkdtempSync(join(tmpdir(), 'reloop-alone-test-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const readme = (name: string, text: string) => {
  mkdirSync(join(home, name))
  writeFileSync(join(home, name, 'README.md'), text)
  return join(home, name)
}

describe('alone', () => {
  it('takes the first js block of a README', () => {
    expect(exampleOf(readme('two', '# Two\n```ts\nno\n```\n```js\nfirst()\n```\n```js\nsecond()\n```\n'))).toBe('first()\n')
  })

  it('installs what the README tells its reader to install', () => {
    const text = '# Said\n```sh\nnpm install @reloop/connector-sqlite better-sqlite3\n```\nOr npm install something.\n'
    expect(namesToInstall(readme('said', text))).toEqual(['@reloop/connector-sqlite', 'better-sqlite3'])
  })

  it('refuses a package without a README or without an example', () => {
    expect(() => exampleOf(join(home, 'absent'))).toThrow('There is no README.md.')
    expect(() => exampleOf(readme('bare', '# Bare\n'))).toThrow('no ```js example')
  })

  it('accepts an example that ends by itself and prints something', async () => {
    await runExample(home, `console.log(require('node:os').EOL.length > 0)`)
  })

  it('fails when the example throws, also later', async () => {
    await expect(runExample(home, `throw new Error('boom')`)).rejects.toThrow('boom')
    await expect(runExample(home, `console.log(1); setImmediate(() => Promise.reject(new Error('late')))`)).rejects.toThrow('late')
  })

  it('fails when the example prints nothing', async () => {
    await expect(runExample(home, 'const nothing = 1')).rejects.toThrow('The example printed nothing.')
  })

  it('fails when the example loads what its package does not declare, whatever NODE_PATH says', async () => {
    process.env.NODE_PATH = join(root, 'node_modules')
    await expect(runExample(home, `console.log(require('jest'))`)).rejects.toThrow(`Cannot find module 'jest'`)
  })
})
