import { defineFlags } from '../../src'

const flags = defineFlags('test', {
  strict: { modern: true, '3.x': true, '2.x': false, about: '…' },
  shape: { modern: 'new', '3.x': 'old', '2.x': 'old', about: '…' },
})
const strict: boolean = flags.of('2.x').strict
const shape: 'new' | 'old' = flags.of('2.x').shape
const names: readonly ('strict' | 'shape')[] = flags.names
// @ts-expect-error no such flag
flags.of('2.x').other
// @ts-expect-error no such profile
flags.of('1.x')
// @ts-expect-error frozen
flags.of('2.x').strict = true
// @ts-expect-error a profile is missing
defineFlags('test', { half: { modern: 1, '3.x': 1, about: '…' } })
export { names, shape, strict }
