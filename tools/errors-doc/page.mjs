import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run/command.mjs'
import { publishedPackages } from '../run/workspace.mjs'
import { catalogueOf } from './catalogue.mjs'

export const file = join(root, 'docs/reference/errors.md')

/** The page of all errors, package by package. */
export function page() {
  const parts = publishedPackages()
    .map(({ folder, manifest }) => ({ name: manifest.name, entries: catalogueOf(folder) }))
    .filter(({ entries }) => entries.length)
    .map(({ name, entries }) =>
      [`## ${name}`, '', '| Code | Status | Message | What to do |', '|---|---|---|---|', ...entries.map(row), ''].join('\n'),
    )
  return `${head}\n${parts.join('\n')}`
}

export const isCurrent = () => read() === page()

function read() {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const row = ({ code, status, message, hint = '' }) => `| \`${code}\` | ${status} | ${cell(message)} | ${cell(hint)} |`
const cell = (text) => text.replaceAll('\n', ' ').replaceAll(/(?<!\\)\|/g, '\\|')

const head = `# Errors

Every error that Reloop makes has a permanent \`code\`: catch by it, never by the message. A code is never used for anything else.
\`statusCode\` is the HTTP status that the error answers with; of server errors (5xx) clients see the status only, unless \`debug\` is on.

This page is made from the catalogues (\`src/errors.ts\`) by \`node tools/errors-doc\`; do not edit it.
`
