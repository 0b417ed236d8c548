import type { HttpContext } from '@reloop/remoting'
import { ownsRows } from './access-state'
import { then, type Awaitable } from './awaitable'
import type { Caller } from './caller'
import { both, decide, type Applies, type Outcome } from './decide'
import { explain } from './explain'
import { all, dynamicRoles, permissions } from './names'
import { ownerWhere } from './ownership'
import { fillIn } from './placeholders'
import { allows, type Rule } from './rule'
import { ranked, rulesOf, type Subject } from './rules-of'
import { isStoredAbout, storedRules, storesRules } from './stored-rules'
import type { Rows } from './subject'
import { tenantOf } from './tenant'

/** What is judged: a method, for a request. */
export interface Question {
  readonly subject: Subject
  readonly context: HttpContext
  readonly rows: Rows
  readonly modelId?: unknown
  /** The row, where it is loaded. */
  readonly instance?: Readonly<Record<string, unknown>>
  /** Only what rules say about rows counts, for access was granted otherwise. @default false */
  readonly rowsOnly?: boolean
  /** Only rules that name the method may allow it. @default false */
  readonly namedOnly?: boolean
}

/**
 * What the rules say to a caller: yes, no, or the condition that rows have to meet. At once where no role has to be looked up.
 *
 * @param caller who
 * @param question what
 */
export function judge(caller: Caller, question: Question): Awaitable<Outcome> {
  // Without stored rules a decision costs less than to remember it.
  if (!storesRules(caller.app.registry)) return explained(caller, question)
  const { subject, rows, rowsOnly, namedOnly, modelId, instance } = question
  const key = [
    subject.Model.modelName,
    subject.property,
    subject.accessType,
    rows,
    rowsOnly,
    namedOnly,
    String(modelId),
    instance !== undefined,
  ].join(' ')
  let outcome = caller.decided.get(key) as Awaitable<Outcome> | undefined
  if (outcome === undefined) caller.decided.set(key, (outcome = explained(caller, question)))
  return outcome
}

function explained(caller: Caller, question: Question): Awaitable<Outcome> {
  const outcome = find(caller, question)
  const say = explain('acl')
  if (!say) return outcome
  const { Model, property, accessType } = question.subject
  return then(outcome, (found) => {
    const said = found === true ? 'ALLOW' : found === false ? 'DENY' : 'ALLOW for rows that meet'
    say(`${Model.modelName}.${property} ${accessType}${question.rowsOnly ? ' (rows)' : ''}: ${said}`, {
      ...(typeof found === 'object' && { where: found }),
      principals: caller.principals,
      rules: rulesOf(caller.app, question.subject).rules,
    })
    return found
  })
}

function find(caller: Caller, question: Question): Awaitable<Outcome> {
  const { rules, fallback } = rulesOf(caller.app, question.subject)
  if (!storesRules(caller.app.registry)) return walk(caller, question, { rules, fallback })
  return further(caller, question.subject).then((more) =>
    walk(caller, question, { rules: more.length > 0 ? ranked([...rules, ...more], question.subject) : rules, fallback }),
  )
}

/** The stored rules about a method; those of a model are read once per request. */
async function further(caller: Caller, { Model, property, accessType, aliases }: Subject): Promise<readonly Rule[]> {
  const key = `stored ${Model.modelName}`
  let stored = caller.decided.get(key) as Promise<readonly Rule[]> | undefined
  if (!stored) caller.decided.set(key, (stored = storedRules(caller.app.registry, Model.modelName)))
  const asked = { model: Model.modelName, names: [property, ...aliases], accessType }
  return (await stored).filter((rule) => !rule.fields && isStoredAbout(rule, asked))
}

function walk(caller: Caller, question: Question, { rules, fallback }: { rules: readonly Rule[]; fallback: boolean }): Awaitable<Outcome> {
  const applies = (rule: Rule) => appliesTo(caller, question, rule)
  if (question.namedOnly) return decide(rules.map(namedOrDenied), applies, false)
  if (!question.rowsOnly) return decide(rules, applies, fallback)
  // Access is granted already: what refuses without looking at rows is passed over, unless rows are given to some.
  const open = !rules.some((rule) => rule.where && allows(rule))
  const about = rules.map((rule) => (rule.where || allows(rule) ? rule : { ...rule, permission: open ? 'ALLOW' : 'DENY' }))
  const isOwnerRule = (rule: Rule) => rule.principalId === dynamicRoles.OWNER && !rule.where
  return decide(about, (rule) => (isOwnerRule(rule) ? false : applies(rule)), fallback || open)
}

function namedOrDenied(rule: Rule): Rule {
  return rule.property === all || rule.property === undefined ? { ...rule, permission: permissions.DENY } : rule
}

function appliesTo(caller: Caller, question: Question, rule: Rule): Awaitable<Applies> {
  const who = principal(caller, question, rule)
  if (!rule.where || who === false) return who
  if (question.rows === 'none' || question.rows === 'named') return false
  return then(who, (found) => (found === true || typeof found === 'object' ? rows(caller, question, { rule, who: found }) : found))
}

function rows(caller: Caller, { context }: Question, { rule, who }: { rule: Rule; who: Outcome }): Awaitable<Applies> {
  const where = fillIn(rule.where!, caller, () => tenantOf(caller.app, context))
  return then(where, (found) => (found === undefined ? (allows(rule) ? false : undefined) : both(who, found)))
}

function principal(caller: Caller, question: Question, rule: Rule): Awaitable<Applies> {
  const { subject, rows, context, modelId, instance } = question
  const known = rows === 'one' || rows === 'named'
  const plain = caller.isPlainly(rule)
  if (plain !== undefined) return plain
  if (rule.principalType !== 'ROLE' || rule.principalId !== dynamicRoles.OWNER || known)
    return caller.is(rule, { ...subject, context, ...(known && { modelId, instance }) })
  if (rows === 'none' || !caller.user || !ownsRows(caller.app)) return false
  return ownerWhere(subject.Model, { registry: caller.app.registry, owner: caller.user }) ?? false
}
