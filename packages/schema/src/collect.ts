import type { ErrorObject } from 'ajv'
import { explain } from './explain'
import { found, type Problem } from './problem'
import { pathOf } from './explain'

const composites = new Set(['anyOf', 'oneOf'])

/** The problems behind Ajv's errors: placeholders are forgiven, choices are told as one. */
export function collect(errors: readonly ErrorObject[]): readonly Problem[] {
  const problems: Problem[] = []
  let left = errors.filter((error) => error.keyword !== 'if')
  // Ajv reports a choice after its branches, inner choices before outer ones: the outer one speaks for all.
  for (const choice of left.filter((error) => composites.has(error.keyword)).reverse()) {
    if (!left.includes(choice)) continue
    const under = left.filter((error) => error !== choice && isUnder(error, choice))
    left = left.filter((error) => error !== choice && !under.includes(error))
    problems.push(...chosen(choice, under))
  }
  problems.push(...left.filter((error) => !isPlaceholder(error.data)).map(explain))
  return problems.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** What to say about a choice of which no branch fits. */
function chosen(choice: ErrorObject, under: readonly ErrorObject[]): readonly Problem[] {
  const branches = new Map<string, ErrorObject[]>()
  for (const error of under) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]!
    branches.set(branch, [...(branches.get(branch) ?? []), error])
  }
  const all = [...branches.values()]
  if (isPlaceholder(choice.data) || all.some((branch) => branch.every((error) => isPlaceholder(error.data)))) return []

  const inside = all.filter((branch) => !branch.some((error) => error.instancePath === choice.instancePath && isKind(error)))
  if (inside.length > 0) return collect(inside.reduce((least, branch) => (branch.length < least.length ? branch : least)))
  const kinds = under.filter(isKind).map((error) => kindOf(error))
  const at = pathOf(choice)
  return [{ at, problem: `must be ${[...new Set(kinds)].join(' or ') || 'one of the allowed forms'}, not ${found(choice.data, at)}` }]
}

function isUnder(error: ErrorObject, choice: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`) && error.instancePath.startsWith(choice.instancePath)
}

function isKind(error: ErrorObject): boolean {
  return error.keyword === 'type' || error.keyword === 'typeof'
}

function kindOf(error: ErrorObject): string {
  return error.keyword === 'type' ? String((error.params as { type: unknown }).type) : String(error.schema)
}

/** A string that an environment variable replaces later: its type is not known yet. */
function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /\$\{[^}]+\}/.test(value)
}
