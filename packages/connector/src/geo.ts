import type { Near, Path, Where } from './query/ast'
import { and, compare, or } from './query/build'

/** A place on the earth, in degrees: latitude from -90 to 90, longitude from -180 to 180. */
export interface EarthPoint {
  readonly lat: number
  readonly lng: number
}

/** A rectangle on the map, in degrees; it never crosses the date line. */
export interface BoundingBox {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}

/** Radius of the earth in each unit of distance; for radians and degrees the angle itself. */
export const earthRadius = Object.freeze({
  miles: 3958.75,
  kilometers: 6370.99056,
  meters: 6370990.56,
  feet: 20902200,
  radians: 1,
  degrees: 180 / Math.PI,
})

export type DistanceUnit = keyof typeof earthRadius

/**
 * Reads a point from an object with numbers `lat` and `lng`, whatever its class.
 *
 * @param value anything
 * @returns the value as a point, or undefined when it is none
 * @example earthPoint({ lat: 52.5, lng: 13.4 })
 */
export function earthPoint(value: unknown): EarthPoint | undefined {
  const point = value as EarthPoint | null | undefined
  return Number.isFinite(point?.lat) && Number.isFinite(point?.lng) ? point! : undefined
}

/**
 * Distance of two points on the surface of a round earth (haversine).
 *
 * @param a a point
 * @param b another
 * @param unit of the result; `meters` by default
 * @example distanceBetween({ lat: 0, lng: 0 }, { lat: 0, lng: 1 }, 'kilometers') // 111.19…
 */
export function distanceBetween(a: EarthPoint, b: EarthPoint, unit: DistanceUnit = 'meters'): number {
  const [lat1, lat2] = [radians(a.lat), radians(b.lat)]
  const half = (from: number, to: number) => Math.sin((to - from) / 2) ** 2
  const square = half(lat1, lat2) + Math.cos(lat1) * Math.cos(lat2) * half(radians(a.lng), radians(b.lng))
  return 2 * Math.asin(Math.min(1, Math.sqrt(square))) * earthRadius[unit]
}

/**
 * Rectangles that hold every point within a distance: one, or two when the circle crosses the date line.
 *
 * @param centre middle of the circle
 * @param meters radius
 * @example boundingBoxes({ lat: 0, lng: 179.9 }, 50_000).length // 2
 */
export function boundingBoxes(centre: EarthPoint, meters: number): readonly BoundingBox[] {
  const angle = meters / earthRadius.meters
  const [south, north] = [centre.lat - degrees(angle), centre.lat + degrees(angle)]
  const band = { south: Math.max(-90, south), north: Math.min(90, north) }
  // Around a pole every longitude is near.
  if (south <= -90 || north >= 90) return [Object.freeze({ ...band, west: -180, east: 180 })]
  const reach = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(centre.lat)))))
  const [west, east] = [centre.lng - reach, centre.lng + reach]
  if (east - west >= 360) return [Object.freeze({ ...band, west: -180, east: 180 })]
  if (west < -180)
    return boxes(band, [
      [west + 360, 180],
      [-180, east],
    ])
  if (east > 180)
    return boxes(band, [
      [west, 180],
      [-180, east - 360],
    ])
  return boxes(band, [[west, east]])
}

/**
 * A condition on `lat` and `lng` that holds for every row within the distance, and for some beyond: a first sieve for stores without `near`.
 *
 * @param path of the point
 * @param near centre and `maxDistance`; without one, the condition is that there is a point
 * @example boundingWhere(['location'], { lat: 52, lng: 13, maxDistance: 1000 })
 */
export function boundingWhere(path: Path, near: Near): Where {
  if (near.maxDistance === undefined) return compare(path, 'neq', null)
  const [lat, lng] = [
    [...path, 'lat'],
    [...path, 'lng'],
  ]
  const inside = boundingBoxes(near, near.maxDistance).map(({ south, north, west, east }) =>
    and([compare(lat, 'between', [south, north]), compare(lng, 'between', [west, east])]),
  )
  return or(inside)
}

/**
 * The `near` that every row of a result fulfils, by whose distance such a result is ordered when the query names no order.
 *
 * @param where condition
 * @returns the path and the point, or undefined when there is no `near`, or only one under `or` or `not`
 * @example nearOf(compare('location', 'near', { lat: 52, lng: 13 }))
 */
export function nearOf(where: Where | undefined): { readonly path: Path; readonly near: Near } | undefined {
  if (where?.kind === 'compare') return where.op === 'near' ? { path: where.path, near: where.value as Near } : undefined
  if (where?.kind !== 'and') return undefined
  for (const item of where.items) {
    const found = nearOf(item)
    if (found) return found
  }
  return undefined
}

function boxes(band: { south: number; north: number }, ranges: readonly (readonly [number, number])[]): readonly BoundingBox[] {
  return ranges.map(([west, east]) => Object.freeze({ ...band, west, east }))
}

function radians(angle: number): number {
  return (angle * Math.PI) / 180
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI
}
