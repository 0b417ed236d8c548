import type { ModelRuntime } from '../model/runtime'

type Emit = (event: string, argument?: unknown) => void

function emit(model: ModelRuntime, event: string, argument: unknown): void {
  if (model.flags.modelEvents) (model.ctor.emit as Emit).call(model.ctor, event, argument)
}

/** Events of LoopBack 2: an instance was written, a row or all rows of a where were deleted. */
export function emitChanged(model: ModelRuntime, instance: unknown): void {
  emit(model, 'changed', instance)
}

export function emitDeleted(model: ModelRuntime, id: unknown): void {
  emit(model, 'deleted', id)
}

export function emitDeletedAll(model: ModelRuntime, where: unknown): void {
  emit(model, 'deletedAll', where)
}
