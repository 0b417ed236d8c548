import { runtimeOf } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { SharedModel } from '../types'
import { then, type Awaitable } from './awaitable'
import type { Caller } from './caller'
import { decide } from './decide'
import { dynamicRoles } from './names'
import { allows, type Rule } from './rule'
import { ranked, type Subject } from './rules-of'
import { staticRules } from './static-rules'
import { storedRules, storesRules } from './stored-rules'

/** Properties that a caller may not read, and may not write. */
export interface ClosedFields {
  readonly hidden: readonly string[]
  readonly fixed: readonly string[]
}

/** What is asked about the fields of a model. */
export interface FieldQuestion {
  readonly Model: SharedModel
  readonly context: HttpContext
  /** The row, where one is touched whose id is known: `$owner` is told by it. */
  readonly row?: { readonly modelId: unknown; readonly instance?: Readonly<Record<string, unknown>> }
}

const nothing: ClosedFields = Object.freeze({ hidden: [], fixed: [] })
const compiled = new WeakMap<SharedModel, readonly Rule[]>()

/** The rules in settings that are about properties of a model. */
function fieldRules(Model: SharedModel): readonly Rule[] {
  let rules = compiled.get(Model)
  if (!rules) {
    if (!watched.has(Model)) runtimeOf(Model).on('changed', () => void compiled.delete(Model))
    watched.add(Model)
    compiled.set(Model, (rules = staticRules(Model, []).filter(({ fields }) => Array.isArray(fields))))
  }
  return rules
}

const watched = new WeakSet<SharedModel>()

/**
 * The properties that the rules close to a caller. A property that some rule allows to somebody is closed to everybody else; among the rules
 * that are about the caller, the best match decides.
 */
export function closedFields(caller: Caller, question: FieldQuestion): Awaitable<ClosedFields> {
  const own = fieldRules(question.Model)
  if (!storesRules(caller.app.registry)) return own.length === 0 ? nothing : bothKinds(caller, question, own)
  const { modelName } = question.Model
  const key = `stored ${modelName}`
  let stored = caller.decided.get(key) as Promise<readonly Rule[]> | undefined
  if (!stored) caller.decided.set(key, (stored = storedRules(caller.app.registry, modelName)))
  return stored.then((more) => {
    const rules = [...own, ...more.filter(({ fields }) => Array.isArray(fields))]
    return rules.length === 0 ? nothing : bothKinds(caller, question, rules)
  })
}

function bothKinds(caller: Caller, question: FieldQuestion, rules: readonly Rule[]): Awaitable<ClosedFields> {
  return then(closed(caller, question, { rules, accessType: 'READ' }), (hidden) =>
    then(closed(caller, question, { rules, accessType: 'WRITE' }), (fixed) => ({ hidden, fixed })),
  )
}

function closed(
  caller: Caller,
  question: FieldQuestion,
  { rules, accessType }: { rules: readonly Rule[]; accessType: 'READ' | 'WRITE' },
): Awaitable<readonly string[]> {
  const subject: Subject = { Model: question.Model, property: '*', accessType, aliases: [] }
  const about = ranked(
    rules.map((rule) => ({ ...rule, property: '*' })),
    subject,
  )
  const names = [...new Set(about.flatMap(({ fields }) => fields ?? []))]
  const found: string[] = []
  const step = (index: number): Awaitable<readonly string[]> => {
    for (let at = index; at < names.length; at++) {
      const name = names[at]!
      const open = mayTouch(caller, question, { rules: about.filter(({ fields }) => fields?.includes(name)), subject })
      if (open instanceof Promise) return open.then((is) => (is === true || found.push(name), step(at + 1)))
      if (open !== true) found.push(name)
    }
    return found
  }
  return step(0)
}

function mayTouch(
  caller: Caller,
  { context, row }: FieldQuestion,
  { rules, subject }: { rules: readonly Rule[]; subject: Subject },
): Awaitable<unknown> {
  const isAbout = (rule: Rule) => {
    // What holds for some rows only says nothing about a whole column: then it is against the caller.
    const unknown = rule.where !== undefined || (rule.principalId === dynamicRoles.OWNER && row === undefined)
    if (unknown) return allows(rule) ? false : undefined
    return caller.is(rule, { ...subject, context, ...row })
  }
  return decide(rules, isAbout, !rules.some(allows))
}
