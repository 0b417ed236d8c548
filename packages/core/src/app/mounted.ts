import type { SharedModel } from '../types'
import type { Application } from './application'

const told = new WeakMap<Application, WeakSet<SharedModel>>()

/** A model hears once that it can be reached. */
export function tellMounted(app: Application, Model: SharedModel): void {
  const models = told.get(app) ?? new WeakSet<SharedModel>()
  told.set(app, models)
  if (models.has(Model)) return
  models.add(Model)
  Model.emit('mounted', app, Model.sharedClass, app.remotes())
}
