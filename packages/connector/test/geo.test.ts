import fc from 'fast-check'
import { boundingBoxes, boundingWhere, compare, compileMatch, defineEntity, distanceBetween, earthPoint, nearOf, and, or } from '../src'

const place = defineEntity({ name: 'Place', properties: { id: { type: 'number', id: true }, at: 'geopoint' } })
const point = fc.record({ lat: fc.double({ min: -90, max: 90, noNaN: true }), lng: fc.double({ min: -180, max: 180, noNaN: true }) })

describe('distanceBetween', () => {
  it('measures in every unit', () => {
    const [a, b] = [
      { lat: 0, lng: 0 },
      { lat: 0, lng: 90 },
    ]
    expect(distanceBetween(a, b, 'radians')).toBeCloseTo(Math.PI / 2, 12)
    expect(distanceBetween(a, b, 'degrees')).toBeCloseTo(90, 10)
    expect(distanceBetween(a, b, 'miles')).toBeCloseTo((3958.75 * Math.PI) / 2, 6)
    expect(distanceBetween(a, b, 'kilometers')).toBeCloseTo((6370.99056 * Math.PI) / 2, 6)
    expect(distanceBetween(a, b, 'feet')).toBeCloseTo((20902200 * Math.PI) / 2, 2)
    expect(distanceBetween(a, b)).toBeCloseTo((6370990.56 * Math.PI) / 2, 3)
  })

  it('is zero for a point and half the way round for its antipode', () => {
    expect(distanceBetween({ lat: 10, lng: 20 }, { lat: 10, lng: 20 })).toBe(0)
    expect(distanceBetween({ lat: 10, lng: 20 }, { lat: -10, lng: -160 }, 'radians')).toBeCloseTo(Math.PI, 6)
  })
})

describe('boundingBoxes', () => {
  it('hold every point within the distance, at the poles and over the date line too', () => {
    fc.assert(
      fc.property(point, point, fc.double({ min: 1, max: 2e7, noNaN: true }), (centre, other, meters) => {
        fc.pre(distanceBetween(centre, other) <= meters * 0.999999)
        const inside = boundingBoxes(centre, meters).some(
          ({ south, north, west, east }) => other.lat >= south && other.lat <= north && other.lng >= west && other.lng <= east,
        )
        expect(inside).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('are two over the date line, and one round a pole', () => {
    expect(boundingBoxes({ lat: 0, lng: 179.9 }, 50_000)).toHaveLength(2)
    expect(boundingBoxes({ lat: 89.9, lng: 0 }, 50_000)).toEqual([expect.objectContaining({ west: -180, east: 180, north: 90 })])
    expect(boundingBoxes({ lat: 50, lng: 10 }, 1000)).toHaveLength(1)
  })

  it('become a condition for stores without near', () => {
    const where = boundingWhere(['at'], { lat: 0, lng: 179.9, maxDistance: 50_000 })
    const test = compileMatch(place, where)
    expect([test({ at: { lat: 0, lng: -179.9 } }), test({ at: { lat: 0, lng: 179 } }), test({})]).toEqual([true, false, false])
    expect(boundingWhere(['at'], { lat: 0, lng: 0 })).toEqual(compare('at', 'neq', null))
  })
})

describe('nearOf', () => {
  const near = { lat: 1, lng: 2 }

  it('finds the near that every row fulfils', () => {
    expect(nearOf(and([compare('id', 'gt', 1), compare('at', 'near', near)]))).toEqual({ path: ['at'], near })
    expect(nearOf(or([compare('at', 'near', near), compare('id', 'gt', 1)]))).toBeUndefined()
    expect(nearOf(undefined)).toBeUndefined()
  })
})

describe('earthPoint', () => {
  it('takes objects with two numbers', () => {
    expect([earthPoint({ lat: 1, lng: 2 }) !== undefined, earthPoint({ lat: '1', lng: 2 }), earthPoint(null), earthPoint('1,2')]).toEqual([
      true,
      undefined,
      undefined,
      undefined,
    ])
  })
})
