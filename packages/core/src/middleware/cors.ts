import { corsHook, type CorsOptions } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { Settings } from '../types'
import { chainOf } from './chains'

/** Cross-origin requests are answered for every path, so the API does not have to do it once more. */
export function addCors(app: Application, options: CorsOptions): void {
  chainOf(app).preludes.push(corsHook(options))
  app.set('remoting', { ...(app.get('remoting') as Settings | undefined), cors: false })
}
