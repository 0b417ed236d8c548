import { Pipeline, type Step } from '../../src'

const pipeline = new Pipeline<{ id: number }, 'before' | 'after'>(['before', 'after'])
pipeline.use('before', (ctx) => {
  const id: number = ctx.id
  void id
})
// @ts-expect-error no such phase
pipeline.use('invoke', () => {})
// @ts-expect-error a step does not return a value
pipeline.use('before', () => 3)
// @ts-expect-error no such phase
new Pipeline<object, 'before'>(['after'])
export const step: Step<{ id: number }> = pipeline.compile()
