import { runtimeOf } from '@reloop/juggler'
import type { HttpContext, SharedMethod } from '@reloop/remoting'
import type { Application } from '../app/application'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { guardFor } from './guard'

/** The relation of a method that ties rows together or apart, or says whether they are. */
export function linkedRelation({ isStatic, name }: SharedMethod): string | undefined {
  return isStatic ? undefined : /^__(?:link|unlink|exists)__(.+)$/.exec(name)?.[1]
}

interface RelationLike {
  readonly keyTo: string
  readonly modelTo?: SharedModel
}

/** Refuses to link, and to unlink, a row that does not exist for the caller: not told from a missing one. */
export async function checkLinked(app: Application, Model: SharedModel, context: HttpContext): Promise<void> {
  const relation = linkedRelation(context.method)!
  const { modelTo } = (Model as unknown as { relations: Record<string, RelationLike> }).relations[relation] ?? {}
  if (!modelTo) return
  const target = runtimeOf(modelTo)
  const answer = await guardFor(app, context)?.(target.name, 'find', [], { entity: Model.modelName, relation, held: true })
  const where = typeof answer === 'object' ? answer.where : undefined
  if (!where) return
  const { fk } = context.args
  const id = target.compiled.ids[0]?.name ?? 'id'
  if ((await target.rows.count({ and: [{ [id]: fk }, where] })) === 0) throw errors.MODEL_NOT_FOUND({ model: target.name, id: fk })
}
