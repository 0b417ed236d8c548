import type { Application } from '../app/application'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import type { TokenFacts } from './access-context'

/** What a refusal is about. */
export interface Denied {
  readonly Model: SharedModel
  readonly token: TokenFacts | null
  readonly modelId?: unknown
}

/** The error of a refusal: 401, or what `aclErrorStatus` of the model or application says; always 401 to nobody. */
export function denial(app: Application, { Model, token, modelId }: Denied): Error {
  const status = token ? (Model.settings.aclErrorStatus ?? app.get('aclErrorStatus')) : 401
  if (status === 403) return errors.ACCESS_DENIED()
  if (status === 404) return errors.MODEL_NOT_FOUND({ denied: Model.modelName, id: modelId })
  return errors.AUTHORIZATION_REQUIRED()
}
