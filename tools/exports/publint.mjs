import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { pool } from '../run/command.mjs'

/** publint over every package as it is installed from its tarball. */
export function checkPublished({ rooms }) {
  return pool(rooms, 4, async ({ name, folder }) => {
    const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules', name), pack: false, level: 'warning' })
    const wrong = messages.filter((message) => !isKnown(name, message)).map((message) => formatMessage(message, pkg, { color: false }))
    return { name: `${name}: publint`, passed: wrong.length === 0, output: wrong.join('\n') }
  })
}

/** A connector's module also has a default export, for data sources that are given the whole module; its documented name is `connector`. */
const isKnown = (name, { code }) => name.startsWith('@reloop/connector-') && code === 'CJS_WITH_ESMODULE_DEFAULT_EXPORT'
