import { callable } from '../model/callable'

/** What a point can be made from: an object, a pair, or text `lat,lng`. */
export type PointLike = { readonly lat: number | string; readonly lng: number | string } | readonly (number | string)[] | string

const radius = Object.freeze({
  radians: 1,
  degrees: 57.295_779_513_082_32,
  miles: 3958.75,
  kilometers: 6370.990_56,
  meters: 6_370_990.56,
  feet: 20_902_200,
})

export type DistanceUnit = keyof typeof radius

/** Meters in one unit of distance, or undefined for an unknown unit. */
export function metersPer(unit: string): number | undefined {
  return Object.hasOwn(radius, unit) ? radius.meters / radius[unit as DistanceUnit] : undefined
}

function partsOf(given: unknown, second: unknown): [unknown, unknown] {
  if (second !== undefined) return [given, second]
  if (typeof given === 'string') {
    const text = given.trim()
    if (text.startsWith('{') || text.startsWith('[')) return partsOf(JSON.parse(text), undefined)
    const parts = text.split(/,\s*/)
    if (parts.length !== 2) throw new TypeError('must provide a string "lat,lng" creating a GeoPoint with a string')
    return [parts[0], parts[1]]
  }
  if (Array.isArray(given)) return [given[0], given[1]]
  if (typeof given !== 'object' || given === null) throw new TypeError('must provide a valid geo-coordinate to create a GeoPoint')
  return [(given as { lat?: unknown }).lat, (given as { lng?: unknown }).lng]
}

function coordinate(name: string, value: unknown, bound: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) throw new TypeError(`${name} must be a number when creating a GeoPoint`)
  if (Math.abs(number) > bound) throw new RangeError(`${name} must be between -${bound} and ${bound}`)
  return number
}

class Point {
  static readonly MILES = 'miles'
  static readonly KILOMETERS = 'kilometers'
  static readonly METERS = 'meters'
  static readonly FEET = 'feet'
  static readonly RADIANS = 'radians'
  static readonly DEGREES = 'degrees'

  lat: number
  lng: number

  constructor(given: PointLike | number, second?: number | string) {
    const [lat, lng] = partsOf(given, second)
    this.lng = coordinate('lng', lng, 180)
    this.lat = coordinate('lat', lat, 90)
  }

  static distanceBetween(from: PointLike, to: PointLike, options: { readonly type?: string } = {}): number {
    const a = from instanceof Point ? from : new Point(from)
    const b = to instanceof Point ? to : new Point(to)
    const unit = options.type ?? 'miles'
    const around = Object.hasOwn(radius, unit) ? radius[unit as DistanceUnit] : NaN
    const rad = Math.PI / 180
    const dLat = Math.sin(((b.lat - a.lat) * rad) / 2)
    const dLng = Math.sin(((b.lng - a.lng) * rad) / 2)
    const chord = dLat * dLat + dLng * dLng * Math.cos(a.lat * rad) * Math.cos(b.lat * rad)
    return 2 * Math.asin(Math.min(1, Math.sqrt(chord))) * around
  }

  distanceTo(point: PointLike, options: { readonly type?: string } = {}): number {
    return Point.distanceBetween(this, point, options)
  }

  toString(): string {
    return `${this.lat},${this.lng}`
  }
}

/**
 * A place on earth, made from `{lat, lng}`, `[lat, lng]` or `'lat,lng'`; what it is given stays untouched.
 *
 * @throws TypeError when a coordinate is no number, RangeError when it is out of bounds
 * @example
 * new GeoPoint('48.85,2.35').distanceTo([51.5, -0.12], { type: 'kilometers' }) // about 342
 */
export const GeoPoint = callable(Object.defineProperty(Point, 'name', { value: 'GeoPoint' }))
export type GeoPoint = Point
