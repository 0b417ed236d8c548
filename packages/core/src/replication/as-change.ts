import type { SharedModel } from '../types'
import type { ChangeData } from './change-data'
import { algorithmOf, changeId } from './revision'

/** A change of another side as an instance of this side's change model: its id is that of its record, whatever was sent. */
export function asChange(Change: SharedModel, data: ChangeData): ChangeData {
  const id = changeId({ modelName: String(data.modelName), modelId: data.modelId }, algorithmOf(Change))
  return new Change({ ...plain(data), id })
}

/** A change as plain data. */
export function plain(change: ChangeData): ChangeData {
  const toObject = change.toObject as (() => ChangeData) | undefined
  return typeof toObject === 'function' ? toObject.call(change) : change
}
