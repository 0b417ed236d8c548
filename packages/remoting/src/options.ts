import type { UserFunction } from './legacy'
import type { LimitSettings } from './limits'

/** Which other origins may call, as the `cors` package reads it. */
export interface CorsOptions {
  /** `true` reflects any origin; text, expression or a list of them name those that may. @default true */
  readonly origin?: boolean | string | RegExp | readonly (string | RegExp)[]
  /** @default false */
  readonly credentials?: boolean
  /** @default 'GET,HEAD,PUT,PATCH,POST,DELETE' */
  readonly methods?: string | readonly string[]
  readonly allowedHeaders?: string | readonly string[]
  readonly exposedHeaders?: string | readonly string[]
  /** Seconds for which a client may keep the answer. */
  readonly maxAge?: number
}

/** How errors are answered. */
export interface ErrorHandlerOptions {
  /** Show every property, and the stack. @default false */
  readonly debug?: boolean
  /** Write errors of the server (5xx) to the log. @default true (2.x: false) */
  readonly log?: boolean
  /** Further properties that clients may see. */
  readonly safeFields?: readonly string[]
  /** Where the error stands in the body; false: it is the body. @default 'error' */
  readonly rootProperty?: string | false
  /** @default 'json' */
  readonly defaultType?: string
  /** false: always the default type. @default true */
  readonly negotiateContentType?: boolean
  /** 2.x: leave out the stack. @default true when NODE_ENV is production */
  readonly disableStackTrace?: boolean
  /** Replies itself, or calls `next(error?)`: `(error, req, res, next)`. */
  readonly handler?: UserFunction
}

/** The `remoting` settings of an application. */
export interface RemotingOptions {
  readonly json?: { readonly limit?: number | string; readonly strict?: boolean }
  readonly urlencoded?: { readonly extended?: boolean; readonly limit?: number | string }
  readonly cors?: false | CorsOptions
  readonly errorHandler?: ErrorHandlerOptions
  readonly rest?: {
    /** @default false */
    readonly normalizeHttpPath?: boolean
    /** XML may be asked for with the Accept header. @default false */
    readonly xml?: boolean
    /** Replaces the list of media types. */
    readonly supportedTypes?: readonly string[]
    /** false: errors go to the error handler around. @default true */
    readonly handleErrors?: boolean
    /** false: unknown paths go to the handler around. @default true */
    readonly handleUnknownPaths?: boolean
    /** The client sends `options.accessToken` of a call as `Authorization`. @default false */
    readonly passAccessToken?: boolean
    readonly arrayItemDelimiters?: string | RegExp | readonly (string | RegExp)[]
  }
  readonly limits?: LimitSettings
  readonly [further: string]: unknown
}
