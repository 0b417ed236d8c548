import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The first ```js block of a package's README, or an error that says what is missing. */
export function exampleOf(source) {
  const file = join(source, 'README.md')
  if (!existsSync(file)) throw new Error('There is no README.md.')
  const block = /^```js\s*\n([\s\S]*?)^```\s*$/m.exec(readFileSync(file, 'utf8'))
  if (!block) throw new Error('README.md has no ```js example.')
  return block[1]
}

/** What a package's README tells its reader to install: the names in its first `npm install` line. */
export function namesToInstall(source) {
  const file = join(source, 'README.md')
  const line = existsSync(file) && /^npm install (?!-)(.+)$/m.exec(readFileSync(file, 'utf8'))
  return line ? line[1].trim().split(/\s+/) : []
}
