/**
 * Weighs the types of models: instantiations that TypeScript needs for a program, less those of a program that only
 * imports `defineModel`. Prints one line per program and exits with 1 when one is over its line in budget.json.
 *
 * node bench/types/measure.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { circles } from './circles.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const juggler = join(root, 'packages', 'juggler', 'src')
const budget = JSON.parse(readFileSync(join(here, 'budget.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'reloop-types-'))

/** Instantiations and seconds that a program costs; fails when it does not compile. */
function weigh(name, source) {
  writeFileSync(join(folder, `${name}.ts`), source)
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: { types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
    files: [`${name}.ts`],
  }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config))
  const report = execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', `${name}.json`, '--extendedDiagnostics'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const figure = (label) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(report)[1])
  return { instantiations: figure('Instantiations'), seconds: figure('Check time') }
}

function compare() {
  const nothing = weigh('nothing', `import '${juggler}/define-model'\nexport {}\n`)
  const single = readFileSync(join(here, 'single.ts'), 'utf8').replaceAll('../../packages/juggler/src', juggler)
  const programs = { single: weigh('single', single), circles: weigh('circles', circles(30, juggler)) }
  const lines = Object.entries(programs).map(([name, { instantiations, seconds }]) => {
    const own = instantiations - nothing.instantiations
    return { name, own, budget: budget[name], seconds, over: own > budget[name] }
  })
  for (const { name, own, budget: most, seconds, over } of lines) {
    console.log(
      `${name.padEnd(8)} ${String(own).padStart(8)} of ${most} instantiations, ${seconds} s of checking${over ? '  OVER BUDGET' : ''}`,
    )
  }
  return lines.some((line) => line.over)
}

try {
  process.exitCode = compare() ? 1 : 0
} catch (error) {
  console.error(error.stdout ?? error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
