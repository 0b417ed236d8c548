import type { ModelRuntime } from './runtime'
import type { kData, kExtra, kModel, kOwned, kPersisted } from '../symbols'
import type { StrictMode } from '../definition/compiled'
import type { PlainObject } from '../value/plain'

/** What few instances have besides their data. */
export interface InstanceExtra {
  cachedRelations?: Record<string, unknown>
  errors?: unknown
  strict?: StrictMode
  dataSource?: unknown
  unknownProperties?: string[]
  parent?: unknown
  /** Properties that whoever asked for the instance may not see. */
  withheld?: ReadonlySet<string>
}

/** An instance as the inside sees it: slots under symbols, accessors on the prototype. */
export interface ModelInstance {
  [kModel]: ModelRuntime
  [kData]: PlainObject
  [kOwned]: boolean
  [kPersisted]: boolean
  [kExtra]: InstanceExtra | undefined
  [name: string]: unknown
}

/** How an instance is made. */
export interface InstanceOptions {
  readonly applySetters?: boolean
  readonly applyDefaultValues?: boolean
  readonly strict?: unknown
  readonly persisted?: boolean
  readonly fields?: readonly string[] | Readonly<Record<string, boolean>>
  readonly dataSource?: unknown
  readonly parent?: unknown
}

/** A model class as the inside sees it. */
export interface ModelConstructor {
  new (data?: unknown, options?: InstanceOptions): ModelInstance
  (data?: unknown, options?: InstanceOptions): ModelInstance
  readonly prototype: ModelInstance
  readonly modelName: string
  [kModel]: ModelRuntime
  [member: string]: unknown
}
