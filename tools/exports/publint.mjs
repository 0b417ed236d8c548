import { join } from 'node:path'
import { pool } from '../run/command.mjs'

/** publint over every package as it is installed from its tarball. Loaded here: npm test starts before anything is installed. */
export async function checkPublished({ rooms }) {
  const [{ publint }, { formatMessage }] = await Promise.all([import('publint'), import('publint/utils')])
  return pool(rooms, 4, async ({ name, folder }) => {
    const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules', name), pack: false, level: 'warning' })
    const wrong = messages.map((message) => formatMessage(message, pkg, { color: false }))
    return { name: `${name}: publint`, passed: wrong.length === 0, output: wrong.join('\n') }
  })
}
