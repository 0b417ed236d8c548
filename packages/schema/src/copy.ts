import { join, type Problem } from './problem'

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
const deepest = 64

/**
 * Copies plain objects and arrays to any depth and lists what must not be in them.
 * Functions and instances of classes are values: they are handed through as they are.
 */
export function copyPlain(value: unknown, problems: Problem[], place: { at: string; depth: number } = { at: '', depth: 0 }): unknown {
  const { at, depth } = place
  if (!isContainer(value)) return value
  if (depth > deepest) {
    problems.push({ at, problem: `is nested deeper than ${deepest} levels, or refers to itself` })
    return undefined
  }
  if (Array.isArray(value)) return value.map((item, index) => copyPlain(item, problems, { at: join(at, index), depth: depth + 1 }))
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const path = join(at, key)
    if (forbidden.has(key)) problems.push({ at: path, problem: 'is a key that is not allowed' })
    else copy[key] = copyPlain((value as Record<string, unknown>)[key], problems, { at: path, depth: depth + 1 })
  }
  return copy
}

/** Freezes what `copyPlain` made. */
export function freezePlain<T>(value: T): T {
  if (!isContainer(value) || Object.isFrozen(value)) return value
  for (const inner of Object.values(value as object)) freezePlain(inner)
  return Object.freeze(value)
}

/** Arrays and plain objects, also those of another realm. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
