import { boundingBoxes, earthRadius, errors, type BoundingBox, type Near } from '@reloop/connector'
import type { JsonPlace } from '../dialect'
import type { Operand } from '../text/operand'
import { literal, sql, type Sql } from '../text/sql'
import type { Scope } from './scope'

/** A point as two numbers. */
interface Point {
  readonly lat: Sql
  readonly lng: Sql
}

/**
 * Writes that a column of points is near: within a rectangle, which an index answers, and within the distance.
 *
 * @param scope the column's table
 * @param column column of points
 * @param value operand of `near`
 */
export function nearCondition(scope: Scope, column: Sql, value: Near): Sql {
  const { geo } = scope.making.dialect
  const near = nearOperand(scope, value)
  const within = distance(near, { lat: geo.lat(column), lng: geo.lng(column) }, value)
  if (value.maxDistance === undefined) return within
  const edge = (index: number, side: keyof BoundingBox) => near.bind((given) => boxesOf(given as Near)[index]![side])
  const first = { south: edge(0, 'south'), north: edge(0, 'north'), west: edge(0, 'west'), east: edge(0, 'east') }
  const inside = geo.inside(column, { ...first, west2: edge(1, 'west'), east2: edge(1, 'east') })
  return sql`(${inside} and ${within})`
}

/** The same for a point inside JSON, without an index. */
export function nearPlace(scope: Scope, place: JsonPlace, value: Near): Sql {
  return distance(nearOperand(scope, value), pointInside(scope, place), value)
}

/** The coordinates of a point inside JSON. */
export function pointInside(scope: Scope, place: JsonPlace): Point {
  const { json } = scope.making.dialect
  return { lat: json.number({ ...place, parts: [...place.parts, 'lat'] }), lng: json.number({ ...place, parts: [...place.parts, 'lng'] }) }
}

/** Something that grows with the distance: the square of half the chord. Comparing it needs neither root nor arc. */
export function chord(near: Operand, { lat, lng }: Point): Sql {
  const own = (side: 'lat' | 'lng') => near.bind((given) => (given as Near)[side])
  const cosine = near.bind((given) => Math.cos((given as Near).lat / degree))
  return sql`(power(sin((${lat} - ${own('lat')}) * ${half}), 2) + ${cosine} * cos(${lat} * ${whole}) * power(sin((${lng} - ${own('lng')}) * ${half}), 2))`
}

/** The operand of `near`. Throws OPERATOR_INVALID when it is no point, or a distance is no number. */
export function nearOperand(scope: Scope, value: Near): Operand {
  const operand = scope.operand(value)
  if (operand.is(isNear)) return operand
  throw errors.OPERATOR_INVALID({
    property: scope.table.entity.name,
    operator: 'near',
    problem: 'it takes a point with lat and lng, and distances that are numbers',
  })
}

const degree = 180 / Math.PI
const whole = literal(String(Math.PI / 180))
const half = literal(String(Math.PI / 360))

function distance(near: Operand, point: Point, { maxDistance, minDistance }: Near): Sql {
  const far = chord(near, point)
  const bound = (side: 'maxDistance' | 'minDistance') => near.bind((given) => chordOf((given as Near)[side] ?? 0))
  if (maxDistance !== undefined && minDistance !== undefined) return sql`${far} between ${bound('minDistance')} and ${bound('maxDistance')}`
  if (maxDistance !== undefined) return sql`${far} <= ${bound('maxDistance')}`
  return minDistance === undefined ? sql`${point.lat} is not null` : sql`${far} >= ${bound('minDistance')}`
}

function chordOf(meters: number): number {
  const angle = Math.max(0, meters) / earthRadius.meters
  // A little more than the greatest chord, so that rounding leaves no antipode out.
  return angle >= Math.PI ? 2 : Math.sin(angle / 2) ** 2
}

/** Always two; the second is empty unless the circle crosses the date line. */
function boxesOf(near: Near): readonly [BoundingBox, BoundingBox] {
  const [first, second = nowhere] = boundingBoxes(near, near.maxDistance ?? Infinity)
  return [first!, second]
}

const nowhere: BoundingBox = Object.freeze({ south: 0, north: 0, west: 999, east: 999 })

function isNear(value: unknown): boolean {
  const near = value as Near | null | undefined
  const numbers = [near?.lat, near?.lng, near?.maxDistance ?? 0, near?.minDistance ?? 0]
  return numbers.every((number) => Number.isFinite(number))
}
