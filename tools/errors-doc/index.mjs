// Usage: node tools/errors-doc [--check]      writes docs/reference/errors.md from every package's catalogue, or says that it is stale
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { file, isCurrent, page } from './page.mjs'

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, page())
} else if (!isCurrent()) {
  console.error('docs/reference/errors.md is stale: run node tools/errors-doc')
  process.exitCode = 1
}
