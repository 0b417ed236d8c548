import type { HttpContext } from '../invoke/context'
import type { RemotingOptions } from '../options'
import type { Parameters } from './query'

/** What a context needs of the door that its request came through. */
export interface Wire {
  /** The `remoting` settings. */
  readonly options: RemotingOptions
  /** What `req.app` is for old code. */
  readonly app: unknown
  /** Path of the API, as `req.baseUrl` begins. */
  readonly prefix: string
  /** The parameters of a URL. */
  query(url: string): Parameters
  /** Sets the status of the reply. */
  setStatus(context: HttpContext, status: number): void
  /** Sets a header of the reply. */
  setHeader(context: HttpContext, name: string, value: unknown): void
}
