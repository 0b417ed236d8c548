import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run/command.mjs'

export const file = join(root, 'docs/reference/connectors.md')

const start = '<!-- capabilities: made by node tools/capability-table -->'
const end = '<!-- end of capabilities -->'

/** Stores that the kit's own tests make for it: reports of these are no connectors. */
const ofTheKit = new Set(['idle', 'mutant', 'reference-store', 'right', 'the-connector-of-the-guide', 'x'])

/**
 * Reports of the conformance kit, by the name of their suite.
 * @returns {Map<string, { capabilities: Record<string, unknown>, methods: string[], skipped: { test: string, reason: string }[] }>}
 */
export function readReports(folder) {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const reports = names.sort().map((name) => [name.replace(/-*\.json$/, ''), JSON.parse(readFileSync(join(folder, name), 'utf8'))])
  return new Map(reports.filter(([name]) => !ofTheKit.has(name)))
}

/** The page with the tables of these reports in it. */
export function withTables(page, reports) {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${file} has no place for the tables: "${start}" … "${end}"`)
  return `${page.slice(0, from + start.length)}\n\n${tables(reports)}\n\n${page.slice(to)}`
}

/** Lines that the page should have by these reports and has not. A store without a report (its server is missing) is not looked at. */
export function staleLines(reports, page = read()) {
  const had = new Set(page.split('\n'))
  return [...reports].flatMap(([name, report]) => [row(name, report), ...limits(name, report)]).filter((line) => !had.has(line))
}

function read() {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

const yes = (value) => (value ? 'yes' : '–')
const has = (method) => (report) => yes(report.methods.includes(method))
const can = (ability) => (report) => yes(report.capabilities[ability])

/** Head of a column → its cell. */
const columns = {
  Transactions: ({ capabilities }) => (capabilities.transactions === 'none' ? '–' : capabilities.transactions),
  'Conditions on related rows': can('related'),
  'Limit per parent': can('perParent'),
  'Near a point': can('near'),
  'Unique under races': can('unique'),
  'Changes in place': ({ capabilities }) => (capabilities.change.length ? `${capabilities.change.length} operators` : '–'),
  Upsert: has('upsert'),
  Aggregates: has('aggregate'),
  Streams: has('stream'),
  'Makes tables': has('migrate'),
  'Reads tables': has('discover'),
  'Own language': has('execute'),
}

function tables(reports) {
  const head = ['Connector', ...Object.keys(columns)]
  const lines = [...reports].map(([name, report]) => row(name, report))
  const failing = [...reports].flatMap(([name, report]) => limits(name, report))
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...lines,
    ...(failing.length ? ['', 'What a connector does otherwise than the kit asks:', '', ...failing] : []),
  ].join('\n')
}

function row(name, report) {
  return `| ${[`\`${name}\``, ...Object.values(columns).map((cell) => cell(report))].join(' | ')} |`
}

/** One line per reason, with the areas of the kit that it is about. */
function limits(name, { skipped }) {
  return [...grouped(skipped)].map(
    ([reason, tests]) =>
      `- \`${name}\` ${reason} (${tests
        .map(({ test }) => test.split(':')[0])
        .filter(unique)
        .join(', ')})`,
  )
}

const unique = (value, index, all) => all.indexOf(value) === index

function grouped(skipped) {
  const groups = new Map()
  for (const one of skipped) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one])
  return groups
}
