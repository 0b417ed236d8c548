import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../run/command.mjs'

/** Marks an entrance that is itself a function, with its names as properties. */
export const callable = '(callable)'

/** Names every loader invents: the wrapper of a CommonJS module, and marks of compilers. */
const invented = new Set(['default', 'module.exports', '__esModule'])

/** The entrances of a package that are code: `@reloop/connector`, `@reloop/connector/conformance`. */
export function entrances({ name, manifest }) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path]) => name + path.slice(1))
}

const look = `const see = (m) => [...(typeof m === 'function' ? ['${callable}'] : []), ...Object.keys(m)]`

/** What `require` and Node's `import` see under each entrance; of one that is a function, `import` sees the default export. */
export async function runtimeNames({ folder }, specifiers) {
  const list = JSON.stringify(specifiers)
  const required = `${look}; console.log(JSON.stringify(${list}.map((name) => see(require(name)))))`
  const load = `async (name) => { const m = await import(name); return see(typeof m.default === 'function' ? m.default : m) }`
  const imported = `${look}; console.log(JSON.stringify(await Promise.all(${list}.map(${load}))))`
  const [viaRequire, viaImport] = await Promise.all([names(folder, 'names.cjs', required), names(folder, 'names.mjs', imported)])
  return specifiers.map((specifier, index) => ({ specifier, viaRequire: viaRequire[index], viaImport: viaImport[index] }))
}

async function names(folder, file, script) {
  writeFileSync(join(folder, file), script)
  const { code, stdout, output } = await run([process.execPath, file], { cwd: folder, timeout: 60_000, env: { NODE_PATH: '' } })
  if (code !== 0) throw new Error(`${file} ended with ${code}:\n${output.trim().slice(-1500)}`)
  return JSON.parse(stdout.trim().split('\n').at(-1)).map((list) => list.filter((name) => !invented.has(name)).sort())
}
