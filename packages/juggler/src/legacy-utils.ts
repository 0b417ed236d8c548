import { mergeFilters, type MergeSpec } from './filter/merge'
import type { Filter } from './filter/filter'
import { equalities } from './filter/scope'
import { runtimeOf } from './model/runtime'
import { sameId } from './operations/ids'
import { isPlainObject, type PlainObject } from './value/plain'

/*
 * What code written for LoopBack takes out of `loopback-datasource-juggler/lib/utils`. Unlike the rest of this package some of these change
 * what they are given, because that is what their callers rely on.
 */

type Callback = ((error?: unknown, value?: unknown) => void) & { promise?: Promise<unknown> }

/** A callback whose `promise` settles when it is called. */
function createPromiseCallback(): Callback {
  let settle: Callback = () => undefined
  const callback: Callback = (error, value) => settle(error, value)
  callback.promise = new Promise((resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the caller gives
    settle = (error, value) => (error ? reject(error) : resolve(value))
  })
  return callback
}

/** Puts a filter into another, which is changed and returned. */
function mergeQuery(base: PlainObject = {}, update?: PlainObject, spec: MergeSpec = {}): PlainObject {
  return update ? Object.assign(base, mergeFilters(base as Filter, update as Filter, spec)) : base
}

/** Relations of both lists; those of the source win. */
function mergeIncludes(destination: unknown, source: unknown): unknown[] {
  const listed = new Map([...entriesOf(destination), ...entriesOf(source)])
  return [...entriesOf(source).map(([name]) => name), ...listed.keys()].filter(first).map((name) => listed.get(name))
}

function entriesOf(include: unknown): [unknown, unknown][] {
  const list = Array.isArray(include) ? (include as unknown[]) : include === undefined || include === null ? [] : [include]
  return list.flatMap((item) => {
    if (!isPlainObject(item)) return [[item, item]]
    if (item.relation !== undefined || item.rel !== undefined) return [[item.relation ?? item.rel, item]]
    return Object.keys(item).map((name): [unknown, unknown] => [name, { [name]: item[name] }])
  })
}

/** Names of the properties that `fields` selects. */
function fieldsToArray(fields: unknown, properties: unknown, excludeUnknown?: boolean): string[] | undefined {
  const known = Array.isArray(properties) ? (properties as string[]) : Object.keys(properties as object)
  if (!fields) return undefined
  if (!isPlainObject(fields)) {
    const given = Array.isArray(fields) ? (fields as string[]) : [fields as string]
    return excludeUnknown ? given.filter((name) => known.includes(name)) : given
  }
  const named = Object.keys(fields)
  if (named.length === 0) return undefined
  const wanted = named.filter((name) => fields[name])
  if (wanted.length) return excludeUnknown ? wanted.filter((name) => known.includes(name)) : wanted
  return known.filter((name) => !named.includes(name))
}

function selectFields(fields: readonly string[]) {
  return (given: PlainObject): PlainObject => Object.fromEntries(fields.filter((name) => name in given).map((name) => [name, given[name]]))
}

/** The value without undefined members at any depth. */
function removeUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(removeUndefined)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, removeUndefined(member)]])),
  )
}

/** A query whose undefined members are removed, made null or refused, as `normalizeUndefinedInQuery` says. */
function sanitizeQuery(query: unknown, options: { readonly normalizeUndefinedInQuery?: string } = {}): unknown {
  const how = options.normalizeUndefinedInQuery ?? 'ignore'
  if (how === 'ignore') return removeUndefined(query)
  if (Array.isArray(query)) return query.map((item) => sanitizeQuery(item, options))
  if (!isPlainObject(query)) return query
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => {
      if (value === undefined && how === 'throw') throw new Error('Unexpected `undefined` in query')
      return [key, value === undefined ? null : sanitizeQuery(value, options)]
    }),
  )
}

/** Members of both, those of `extras` first; nested objects are merged. */
function deepMerge(base: unknown, extras: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(extras)) return extras ?? base
  const merged: PlainObject = { ...base }
  for (const key of Object.keys(extras)) if (key !== '__proto__') merged[key] = deepMerge(base[key], extras[key])
  return merged
}

/** Settings of a model under those of its base. */
function mergeSettings(target: PlainObject = {}, extras: PlainObject = {}): PlainObject {
  const merged = deepMerge(target, extras) as PlainObject
  if (Array.isArray(target.acls) && Array.isArray(extras.acls)) merged.acls = [...(target.acls as unknown[]), ...(extras.acls as unknown[])]
  return merged
}

/** Sorts rows in the order of the ids; with `strict` those of other ids are left out, else they come last. */
function sortObjectsByIds(idName: string, ids: readonly unknown[], objects: readonly PlainObject[], strict?: boolean): PlainObject[] {
  const rank = new Map(ids.map((id, index) => [String(id), index]))
  const at = (row: PlainObject) => rank.get(String(row[idName])) ?? Infinity
  const listed = strict ? objects.filter((row) => at(row) < Infinity) : [...objects]
  return listed.sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)))
}

/** Copies the equalities of a where to data, as far as the model has such properties. */
function setScopeValuesFromWhere(data: PlainObject, where: unknown, model: object): void {
  const runtime = runtimeOf(model)
  if (runtime && isPlainObject(where)) Object.assign(data, equalities(runtime, where))
}

/** A regular expression of itself or of text, `/source/flags` included; what is neither gives the error, as it always did. */
function toRegExp(given: unknown): RegExp | Error {
  if (given instanceof RegExp) return given
  if (typeof given !== 'string') return new Error('Invalid argument, must be a string, regex literal, or RegExp object')
  const [, source, flags] = /^\/(.+)\/([gim]*)$/.exec(given) ?? [undefined, given, '']
  return new RegExp(source, flags)
}

function findIndexOf(list: readonly unknown[], target: unknown, isEqual: (a: unknown, b: unknown) => boolean = Object.is): number {
  return list.findIndex((item) => isEqual(item, target))
}

function uniq(list: readonly unknown[]): unknown[] {
  return [...new Map(list.map((item) => [keyOf(item), item])).values()]
}

const first = (value: unknown, index: number, all: readonly unknown[]): boolean => all.indexOf(value) === index
const keyOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)

export const utils = Object.freeze({
  createPromiseCallback,
  mergeQuery,
  mergeIncludes,
  fieldsToArray,
  selectFields,
  removeUndefined,
  sanitizeQuery,
  deepMerge,
  mergeSettings,
  sortObjectsByIds,
  setScopeValuesFromWhere,
  findIndexOf,
  uniq,
  isPlainObject,
  toRegExp,
  hasRegExpFlags: (given: unknown): boolean => (given instanceof RegExp ? given.flags !== '' : /\/[gim]+$/.test(String(given))),
  escapeRegExp: (text: string): string => text.replace(/[-/\\^$*+?.()|[\]{}]/g, '\\$&'),
  idEquals: sameId,
  idName: (model: { definition: { idName(): string | undefined } }): string => model.definition.idName() ?? 'id',
  idsHaveDuplicates: (ids: readonly unknown[]): boolean => uniq(ids.map(String)).length < ids.length,
  collectTargetIds: (rows: readonly PlainObject[], id: string): unknown[] =>
    uniq(rows.map((row) => row[id]).filter((value) => value !== undefined && value !== null)),
  isClass: (given: unknown): boolean => typeof given === 'function' && /^class\b/.test(Function.prototype.toString.call(given)),
})
