import type { Application } from '../app/application'
import type { Settings } from '../types'
import { optionsOf } from './entry-config'
import type { TwinEntry } from './twins'

/** Errors are answered by remoting, also those of plain routes and of Express; the entry says how. */
export function useErrorHandler(app: Application, { params }: Pick<TwinEntry, 'params'>): void {
  const { includeStack, ...options } = optionsOf(params)
  const errorHandler = includeStack === undefined ? options : { ...options, disableStackTrace: includeStack === false }
  app.set('remoting', { ...(app.get('remoting') as Settings | undefined), errorHandler })
}
