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
  /** Conditions that rows of an entity are held to already, as text. */
  readonly held: Map<SharedModel, Set<string>>
}

/** The called method itself, judged for the rows that it touches. */
export function ownQuestion({ app, Model, context }: Pick<Guarded, 'app' | 'Model' | 'context'>): Question {
  const subject = subjectOf(Model, context.method)
  if (ownsRows(app)) return { subject, context, rows: 'many' as const }
  const modelId = modelIdOf(context, true)
  return { subject, context, rows: modelId === undefined ? ('many' as const) : ('one' as const), modelId }
}
