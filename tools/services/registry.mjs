import { chromium } from './chromium.mjs'
import { mysql } from './servers/mysql.mjs'
import { postgresql } from './servers/postgresql.mjs'
import { redis } from './servers/redis.mjs'

/**
 * What tests may ask for, by name. An entry has `variable` (environment variable that hands it to the tests), `find(account)`,
 * `missing` (what to say when it cannot be had) and, where there is something to run, `start({ found, dir, port, account, started })`
 * → `{ pid, url }`, `stopSignal`, and `apt` (packages that bring it).
 */
export const registry = { postgresql, mysql, redis, chromium }
