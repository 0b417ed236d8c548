import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '../../run/command.mjs'
import { catalogueOf } from '../catalogue.mjs'

const home = mkdtempSync(join(tmpdir(), 'reloop-errors-doc-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

it('reads code, status, message and hint from the text of a catalogue', () => {
  mkdirSync(join(home, 'src'))
  writeFileSync(
    join(home, 'src/errors.ts'),
    `export const errors = defineErrors({
      PORT_IN_USE: { status: 503, message: (p: { port: number }) => \`Port \${p.port} is in use.\`, hint: 'Set PORT.' },
      KEYS_UNKNOWN: { message: (p: { keys: string[] }) => \`Unknown: \${p.keys.map((key) => '"' + key + '"').join(', ')}\` },
    })
    const made = compatError('FLAG_ODD', \`Flag \${JSON.stringify(flag)} is odd.\`)`,
  )
  expect(catalogueOf(relative(root, home))).toEqual([
    { code: 'FLAG_ODD', status: 500, message: 'Flag ‹flag› is odd.' },
    { code: 'KEYS_UNKNOWN', status: 500, message: 'Unknown: ‹keys›', hint: undefined },
    { code: 'PORT_IN_USE', status: 503, message: 'Port ‹port› is in use.', hint: 'Set PORT.' },
  ])
})
