import { defineErrors } from '@reloop/errors'
import type { Problem } from './problem'

/** Errors of settings and JSON files. */
export const errors = defineErrors({
  SCHEMA_INVALID: {
    message: (p: { what: string; problems: readonly Problem[] }) =>
      p.problems.length === 1
        ? `${p.what} is not valid: ${sentence(p.problems[0]!)}`
        : `${p.what} is not valid, ${p.problems.length} problems:${p.problems.map((problem) => `\n  - ${sentence(problem)}`).join('')}`,
  },
  JSON_SYNTAX: {
    message: (p: { file: string; line: number; column: number; problem: string }) =>
      `${p.file}:${p.line}:${p.column} is not valid JSON: ${p.problem}`,
  },
  JSON_UNREADABLE: { message: (p: { file: string; reason: string }) => `${p.file} cannot be read: ${p.reason}` },
})

function sentence({ at, problem, nearest }: Problem): string {
  return `${at === '' ? 'the value' : at} ${problem}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`
}
