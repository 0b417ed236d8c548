import type { JugglerFlags } from '../compat'
import { errors } from '../errors'
import type { Filter } from './filter'

/** Limit and skip of a filter, checked. */
export interface Page {
  readonly limit?: number
  readonly skip?: number
}

const digits = /^\d+$/

function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && digits.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

const none: Page = Object.freeze({})

/** Reads limit, skip and offset; zero and nothing mean no limit. */
export function pageOf(filter: Filter, flags: JugglerFlags): Page {
  const given = filter.skip ?? filter.offset
  if (filter.limit === undefined && given === undefined) return none
  const limit = filter.limit === undefined || filter.limit === null || filter.limit === '' ? 0 : whole(filter.limit)
  if (limit === undefined) throw errors.LIMIT_INVALID({ value: filter.limit })
  const skip = given === undefined || given === null || given === '' ? 0 : whole(given)
  if (skip === undefined) throw errors.SKIP_INVALID({ value: given })
  const otherwise = flags.pageOfHundred && skip > 0 ? 100 : undefined
  return { limit: limit || otherwise, skip: skip || undefined }
}
