import type { HttpContext } from '../invoke/context'
import type { UserFunction } from '../legacy'

/** Where an argument comes from: part of the request, the objects of the request itself, or a function that computes it. */
export type ArgumentSource =
  | { readonly source: 'body' | 'form' | 'formData' | 'query' | 'path' | 'header' | 'req' | 'res' | 'context' }
  | ((context: HttpContext) => unknown)

/** One entry of `accepts`. */
export interface ArgumentOptions {
  readonly arg?: string
  /** Another way to write `arg`. */
  readonly name?: string
  /** A type by name, a list of one (`['string']`), or a constructor such as `String`. @default 'any' */
  readonly type?: string | readonly [string] | Function | readonly [Function]
  /** @default false */
  readonly required?: boolean
  readonly root?: boolean
  /** @default the first of path, body, query and headers that has it */
  readonly http?: ArgumentSource
  /** A list of objects is accepted where one object is declared. @default false */
  readonly allowArray?: boolean
  readonly description?: string | readonly string[]
  /** For documents only. */
  readonly default?: unknown
  /** @default true */
  readonly documented?: boolean
  readonly notes?: string | readonly string[]
  readonly model?: string
  readonly [further: string]: unknown
}

/** One entry of `returns`. */
export interface ReturnOptions {
  readonly arg?: string
  readonly name?: string
  readonly type?: ArgumentOptions['type']
  /** The value is the whole body. @default false */
  readonly root?: boolean
  readonly description?: string | readonly string[]
  readonly http?: { readonly target?: 'status' | 'header'; readonly header?: string }
  readonly xml?: { readonly wrapperElement?: string | boolean; readonly declaration?: boolean }
  readonly [further: string]: unknown
}

/** One endpoint. */
export interface RouteOptions {
  /** `get`, `post`, …, `del`, or `all`. @default 'all' */
  readonly verb?: string
  /** @default '/' + name of the method */
  readonly path?: string
  /** Status of a reply. @default 200, or 204 when there is nothing to return */
  readonly status?: number
  /** Status of an error that has none. */
  readonly errorStatus?: number
  /** The method returns a stream that becomes the reply. */
  readonly pipe?: { readonly dest?: 'res' }
}

/** Steps around the wire part of a call. */
export interface RestOptions {
  readonly before?: UserFunction | readonly UserFunction[]
  /** Runs after the `after` hooks; errors from here meet no error hooks. */
  readonly after?: UserFunction | readonly UserFunction[]
  readonly delegateTo?: unknown
  /** Full name of another method whose hooks run for this one as well: that of a related class, reached through this one. */
  readonly hooksOf?: string
}

/** A shortcut for a method of the class, for whoever serves rows that need no instances. */
export interface DirectCall {
  /** The function that this stands for; the shortcut is taken only while the class still has that function. */
  readonly replaces: Function
  /** What the reply needs. Taken while no hook sees the result. */
  call(args: Readonly<Record<string, unknown>>, context: HttpContext): unknown
  /** What the method itself gives, for hooks to see. @default the method is called */
  whole?(args: Readonly<Record<string, unknown>>, context: HttpContext): unknown
}

/** How a method is shared. */
export interface MethodOptions {
  /** @default false */
  readonly isStatic?: boolean
  readonly aliases?: readonly string[]
  readonly accepts?: ArgumentOptions | readonly ArgumentOptions[]
  readonly returns?: ReturnOptions | readonly ReturnOptions[]
  readonly http?: RouteOptions | readonly RouteOptions[]
  readonly rest?: RestOptions
  /** @default true */
  readonly shared?: boolean
  readonly accessType?: 'READ' | 'WRITE' | 'EXECUTE' | 'REPLICATE'
  readonly accessScopes?: readonly string[]
  readonly description?: string | readonly string[]
  readonly notes?: string | readonly string[]
  /** @default true */
  readonly documented?: boolean
  readonly errors?: unknown
  readonly direct?: DirectCall
  readonly [further: string]: unknown
}
