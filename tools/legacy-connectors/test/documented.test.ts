import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { devDependencies } from '../package.json'
import { titleOf } from './stores'

const page = readFileSync(join(__dirname, '../../../docs/reference/connectors.md'), 'utf8')

it.each(Object.keys(devDependencies).filter((folder) => folder.startsWith('loopback-connector-')))(
  'the page names the version of %s that was run',
  (folder) => {
    const [name, version] = titleOf(folder).split(' ')
    const row = page
      .slice(page.indexOf('## Connectors of LoopBack'))
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` |`))
    expect(row).toContain(version)
  },
)
