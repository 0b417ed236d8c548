import type { ModelConstructor } from '@reloop/juggler'
import type { MethodOptions, SharedClass } from '@reloop/remoting'
import type { UserFunction } from './legacy'
import type { NestingFilter, NestingOptions } from './models/nest-remoting'

/** A model class of an application: the data layer's class with the members that share it over HTTP. */
export interface SharedModel extends ModelConstructor {
  readonly settings: Settings
  /** How the class is shared. */
  readonly sharedClass: SharedClass
  /** The application that the class was last added to. */
  app: unknown
  /** Whether clients may call the class. */
  shared: boolean
  remoteMethod(name: string, options?: MethodOptions): void
  disableRemoteMethodByName(name: string): void
  disableRemoteMethod(name: string, isStatic: boolean): void
  beforeRemote(name: string, fn: UserFunction): void
  afterRemote(name: string, fn: UserFunction): void
  afterRemoteError(name: string, fn: UserFunction): void
  /** Offers the instance methods of a related model below this one: `(relation, options?, filter?)`. */
  nestRemoting(relation: string, options?: NestingOptions | NestingFilter, filter?: NestingFilter): void
  getApp(callback: (error: Error | null, app: unknown) => void): void
  createOptionsFromRemotingContext(context: unknown): Record<string, unknown>
  setup(): void
  on(event: string, listener: (...args: never[]) => void): this
  once(event: string, listener: (...args: never[]) => void): this
  emit(event: string, ...args: unknown[]): boolean
  removeAllListeners(event?: string): this
}

/** A plain object of settings. */
export type Settings = Record<string, unknown>

/** A model class as `createModel` takes it. */
export interface ModelDefinitionObject extends Settings {
  readonly name: string
  readonly properties?: Settings
  readonly options?: Settings
  readonly base?: string | ModelConstructor
}

/** How a model takes part in an application. */
export interface ModelConfig extends Settings {
  /** Name or data source; null or false: none, on purpose. */
  readonly dataSource?: unknown
  /** Whether clients may call it. @default true */
  readonly public?: boolean
  readonly relations?: Settings
  readonly acls?: readonly Settings[]
  readonly options?: Settings
  readonly methods?: Readonly<Record<string, MethodOptions>>
}
