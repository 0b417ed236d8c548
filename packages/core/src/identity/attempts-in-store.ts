import type { DataSource } from '@reloop/juggler'
import type { Attempt, AttemptStore } from './attempts'
import { stored, type Stored } from './stored'
import type { SharedModel } from '../types'

/** Tries before a row that others change at the same time counts as full. */
const mostTries = 10

/**
 * Makes a store of attempts in a data source, so that several processes count together. The table `LoginAttempt` is made by
 * `autoupdate`, as every other.
 *
 * @param dataSource where the counts are kept: one that changes rows in one step (SQL, memory)
 * @example app.set('attemptStore', attemptsInStore(app.dataSources.db))
 */
export function attemptsInStore(dataSource: DataSource): AttemptStore {
  const Count = stored(
    dataSource.createModel(
      'LoginAttempt',
      { id: { type: 'string', id: true }, failed: { type: 'number', required: true }, until: { type: 'number', required: true } },
      { forceId: false, strict: true, allowExtendedOperators: true },
    ) as unknown as SharedModel,
  )
  return {
    async begin(id, { limit, window }) {
      for (let tries = 0; tries < mostTries; tries++) {
        const now = Date.now()
        const counted = await Count.updateAll({ id, until: { gt: now }, failed: { lt: limit } }, { $inc: { failed: 1 } })
        if (counted.count === 1) return attempt(Count, id)
        const row = await Count.findById(id)
        if (row && (row.until as number) > now) {
          if ((row.failed as number) >= limit) return Math.max(1, (row.until as number) - now)
          continue
        }
        if (await restart(Count, { id, row: row ?? undefined, until: now + window })) return attempt(Count, id)
      }
      return window
    },
  }
}

/** Begins a new window with one attempt; false when another process was faster. */
async function restart(
  Count: Stored,
  { id, row, until }: { readonly id: string; readonly row?: Record<string, unknown>; readonly until: number },
): Promise<boolean> {
  if (row) return (await Count.updateAll({ id, until: row.until, failed: row.failed }, { failed: 1, until })).count === 1
  try {
    await Count.create({ id, failed: 1, until })
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'DUPLICATE_ENTRY') return false
    throw error
  }
}

function attempt(Count: Stored, id: string): Attempt {
  return {
    async end(outcome) {
      if (outcome === 'passed') await Count.destroyAll({ id })
      if (outcome === 'void') await Count.updateAll({ id, failed: { gt: 0 } }, { $inc: { failed: -1 } })
    },
  }
}
