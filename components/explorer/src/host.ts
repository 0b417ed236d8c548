import type { Application } from '@reloop/core'
import { errors } from './errors'

/** What the explorer needs of an application; the applications of @reloop/core have it. */
export interface ExplorerHost extends Pick<Application, 'fastify' | 'contract'> {
  get(name: string): unknown
  set(name: string, value: unknown): unknown
  readonly registry?: Pick<Application['registry'], 'profile'>
}

/** Refuses what is no application of Reloop's. */
export function checkHost(app: ExplorerHost): void {
  const given = app as unknown as Record<string, unknown> | undefined
  for (const member of ['contract', 'get', 'set']) {
    if (typeof given?.[member] !== 'function') throw errors.EXPLORER_APP_INVALID({ missing: member })
  }
}
