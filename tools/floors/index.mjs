#!/usr/bin/env node
// Usage: node tools/floors [--root DIR]      checks every package's sources against floors.mjs and rules.mjs
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { rules } from './rules.mjs'

const asked = process.argv.indexOf('--root')
const root = realpathSync(asked > 0 ? process.argv[asked + 1] : join(import.meta.dirname, '../..'))

const sources = ['packages', 'connectors', 'components', 'sdks']
  .filter((room) => existsSync(join(root, room)))
  .flatMap((room) => readdirSync(join(root, room)).map((name) => join(room, name, 'src')))
  .filter((folder) => existsSync(join(root, folder)))

const { output } = await cruise(sources, {
  baseDir: root,
  ruleSet: { forbidden: rules },
  validate: true,
  tsPreCompilationDeps: 'specify',
  doNotFollow: { path: 'node_modules' },
  skipAnalysisNotInRules: true,
  moduleSystems: ['es6', 'cjs'],
  // What TypeScript and jest see here: the sources behind the private condition, then the published files.
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['@reloop/source', 'types', 'node', 'require', 'import', 'default'],
    extensions: ['.ts', '.js', '.json', '.d.ts'],
    mainFields: ['main', 'types'],
  },
})

const { violations, totalCruised } = output.summary
for (const { rule, from, to, cycle } of violations) {
  const { comment } = rules.find((one) => one.name === rule.name)
  console.log(`${rule.name}: ${from} → ${cycle ? cycle.map((step) => step.name).join(' → ') : to}\n    ${comment}`)
}
console.log(`${totalCruised} files, ${violations.length} violations`)
process.exitCode = violations.length ? 1 : 0
