import type pg from 'pg'

/** OIDs of arrays whose elements are text, numbers, booleans, dates or uuids. */
const arrays = new Set([1000, 1001, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1115, 1182, 1185, 1231, 2951])
const asText = (raw: string): unknown => raw

/**
 * Leaves values as the text that the server sends: codecs read each by the property's type. Arrays are taken apart by pg.
 *
 * @param types those of the package pg
 */
export function textTypes({ getTypeParser }: typeof pg.types): pg.CustomTypesConfig {
  const parserOf = (oid: number, format?: 'text') => (arrays.has(oid) ? (getTypeParser(oid, format) as typeof asText) : asText)
  return { getTypeParser: parserOf as pg.CustomTypesConfig['getTypeParser'] }
}
