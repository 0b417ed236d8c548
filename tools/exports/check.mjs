import { pool } from '../run/command.mjs'
import { entrances, runtimeNames } from './names.mjs'
import { manners, typedNames } from './typed.mjs'

/**
 * Whoever loads a package sees the same names: `require`, `import` in Node, TypeScript with and without esModuleInterop.
 * One result for each package and way of loading.
 */
export async function checkExports({ rooms }) {
  const seen = await pool(rooms, 2, async (room) => {
    const specifiers = entrances(room)
    const names = await runtimeNames(room, specifiers).catch((error) => error)
    return { ...room, specifiers, names }
  })
  return [
    ...seen.map(requireMeetsImport),
    ...Object.entries(manners).flatMap(([manner, options]) => typesMeetRequire(seen, manner, options)),
  ]
}

function requireMeetsImport({ name, names }) {
  const title = `${name}: require and import see the same names`
  if (names instanceof Error) return judge(title, [names.message])
  const empty = names.filter(({ viaRequire }) => viaRequire.length === 0).map(({ specifier }) => `${specifier} exports nothing`)
  return judge(title, [...empty, ...names.flatMap(({ specifier, viaRequire, viaImport }) => differences(specifier, viaRequire, viaImport))])
}

function typesMeetRequire(rooms, manner, options) {
  // TypeScript's old resolution knows no subpaths: there only the main entrance counts.
  const looked = rooms.map((room) => (options.esModuleInterop ? room : { ...room, specifiers: [room.name] }))
  const typed = typedNames(looked, options)
  return looked.map(({ name, names }) => {
    const title = `${name}: ${manner} sees what require sees`
    const { names: seen, complaints } = typed.get(name)
    if (names instanceof Error) return judge(title, ['The package does not load.'])
    const expected = (specifier) => names.find((one) => one.specifier === specifier).viaRequire
    return judge(title, [...complaints, ...[...seen].flatMap(([specifier, values]) => differences(specifier, expected(specifier), values))])
  })
}

const judge = (name, wrong) => ({ name, passed: wrong.length === 0, output: wrong.join('\n') })

function differences(specifier, expected, seen) {
  const missing = expected.filter((name) => !seen.includes(name))
  const extra = seen.filter((name) => !expected.includes(name))
  return [
    missing.length && `${specifier} lacks ${missing.join(', ')}`,
    extra.length && `${specifier} has more: ${extra.join(', ')}`,
  ].filter(Boolean)
}
