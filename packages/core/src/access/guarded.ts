import type { GuardHop } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { ownsRows } from './access-state'
import type { Caller } from './caller'
import type { Question } from './judge'
import { modelIdOf, subjectOf } from './subject'

/** What one request asks of the guard. */
export interface Guarded {
  readonly app: Application
  readonly context: HttpContext
  /** The class whose method is called. */
  readonly Model: SharedModel
  /** Whether the method hands its rows to the data layer; otherwise server code stands between, and only rules about rows hold. */
  readonly isData: boolean
  readonly caller: Caller
  /** Conditions that rows are held to already, as text, by the way to them. */
  readonly held: Map<string, Set<string>>
}

/** Names the rows of an entity that are reached over hops; the same entity may be reached on several ways. */
export function wayTo(entity: string, hop: GuardHop | undefined): string {
  const hops: string[] = []
  for (let at = hop; at; at = at.from) hops.push(`${at.entity}.${at.relation}`)
  return [entity, ...hops].join(' < ')
}

/** The called method itself, judged for the rows that it touches. */
export function ownQuestion({ app, Model, context }: Pick<Guarded, 'app' | 'Model' | 'context'>): Question {
  const subject = subjectOf(Model, context.method)
  if (ownsRows(app)) return { subject, context, rows: 'many' as const }
  const modelId = modelIdOf(context, true)
  return { subject, context, rows: modelId === undefined ? ('many' as const) : ('one' as const), modelId }
}
