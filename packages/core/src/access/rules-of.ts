import { runtimeOf } from '@reloop/juggler'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { AccessRequest } from './access-request'
import { accessStateOf } from './access-state'
import { matchingScore } from './matching-score'
import type { Rule } from './rule'
import { staticRules } from './static-rules'

/** A method, as rules speak of it. */
export interface Subject {
  readonly Model: SharedModel
  /** Its name, without `prototype.`. */
  readonly property: string
  readonly accessType: string
  /** Its other names. */
  readonly aliases: readonly string[]
}

/** The rules in settings about one method, the best match first, and what holds where none decides. */
export interface SubjectRules {
  readonly rules: readonly Rule[]
  readonly fallback: boolean
}

/** What was compiled for a model: by method, and by the subject that a method keeps for itself. */
interface Compiled {
  byName: Map<string, SubjectRules>
  bySubject: WeakMap<Subject, SubjectRules>
}

const compiled = new WeakMap<SharedModel, Compiled>()

/** The rules in settings about a method; compiled when first asked for, and again after a change of the model. */
export function rulesOf(app: Application, subject: Subject): SubjectRules {
  const known = cacheOf(subject.Model)
  const same = known.bySubject.get(subject)
  if (same) return same
  const name = `${subject.property} ${subject.accessType}`
  let found = known.byName.get(name)
  if (!found) known.byName.set(name, (found = compile(app, subject)))
  known.bySubject.set(subject, found)
  return found
}

interface Scored {
  readonly rule: Rule
  readonly score: number
}

/** By score; of rules for the same target and kind of principal, those about some rows come before those about all. */
function order(a: Scored, b: Scored): number {
  const same = Math.floor(a.score / strictness) === Math.floor(b.score / strictness)
  const rows = same ? Number(b.rule.where !== undefined) - Number(a.rule.where !== undefined) : 0
  return rows || b.score - a.score
}

/** What the permission adds to a score is less than this. */
const strictness = 4

/** Rules that are about a method, the best match first. */
export function ranked(rules: readonly Rule[], subject: Subject): readonly Rule[] {
  const { Model, property, accessType, aliases } = subject
  const request = new AccessRequest({ model: Model.modelName, property, accessType, methodNames: [...aliases, property] })
  return rules
    .map((rule) => ({ rule, score: matchingScore(rule, request) }))
    .filter(({ score }) => score >= 0)
    .sort(order)
    .map(({ rule }) => rule)
}

function compile(app: Application, subject: Subject): SubjectRules {
  const { aliasRules } = accessStateOf(app).flags
  const { Model, property, aliases } = subject
  const rules = staticRules(Model, aliasRules ? [property, ...aliases] : [property]).filter(({ fields }) => fields === undefined)
  return Object.freeze({ rules: ranked(rules, subject), fallback: Model.settings.defaultPermission !== 'DENY' })
}

function cacheOf(Model: SharedModel): Compiled {
  const known = compiled.get(Model)
  if (known) return known
  const made: Compiled = { byName: new Map(), bySubject: new WeakMap() }
  compiled.set(Model, made)
  runtimeOf(Model).on('changed', () => Object.assign(made, { byName: new Map(), bySubject: new WeakMap() }))
  return made
}
