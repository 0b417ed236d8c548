import fc from 'fast-check'
import { isoText } from '../../src/serialize/iso-text'

describe('isoText', () => {
  it('writes every time as Date does', () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => isoText(date.getTime()) === date.toISOString()))
  })

  it.each([0, -1, 86_399_999, 86_400_000, -86_400_000, 8.64e15, -8.64e15, 253_402_300_800_000, -62_167_219_200_001])(
    'writes %d as Date does',
    (time) => {
      expect(isoText(time)).toBe(new Date(time).toISOString())
    },
  )

  it('writes the same after it has seen many days', () => {
    for (let day = 0; day < 3000; day++) isoText(day * 86_400_000)
    expect(isoText(1_234_567_890_123)).toBe('2009-02-13T23:31:30.123Z')
  })
})
