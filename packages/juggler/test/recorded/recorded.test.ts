import * as juggler from '@reloop/juggler'
import { differences, differenceOf, type Profile } from './differences'

type Answers = Readonly<Record<string, unknown>>
interface Step {
  readonly title: string
}

const { steps } = require('./scenario.js') as { steps: readonly Step[] }
const { play } = require('./play.js') as { play(step: Step, world: object): Promise<unknown> }
const { same } = require('./same.js') as { same(original: unknown, ours: unknown): boolean }

const recordings: Readonly<Record<Profile, Answers>> = {
  '2.x': require('./2.x.json') as Answers,
  '3.x': require('./3.x.json') as Answers,
  modern: require('./3.x.json') as Answers,
}

describe.each(['3.x', '2.x', 'modern'] as const)('under profile %s', (profile) => {
  const recorded = recordings[profile]

  it.each(steps.map((step) => [step.title, step] as const))('%s', async (title, step) => {
    const original = recorded[title]
    const answer = await play(step, { juggler, settings: { compat: profile } })
    if (same(original, answer)) {
      // A listed difference that is none any more has to leave the list.
      expect(differenceOf(title, profile)).toBeUndefined()
      return
    }
    if (!differenceOf(title, profile)) expect(answer).toEqual(original)
    expect(answer).toMatchSnapshot()
  })
})

describe('the list of differences', () => {
  it('names steps that there are, each once for a profile', () => {
    const titles = new Set(steps.map((step) => step.title))
    expect(differences.flatMap((difference) => difference.steps).filter((title) => !titles.has(title))).toEqual([])
    for (const profile of ['2.x', '3.x', 'modern'] as const) {
      const listed = differences.filter((difference) => difference.profiles.includes(profile)).flatMap((difference) => difference.steps)
      expect(listed).toEqual([...new Set(listed)])
    }
  })

  it('is complete: every recorded step is played', () => {
    for (const recorded of Object.values(recordings)) expect(Object.keys(recorded)).toEqual(steps.map((step) => step.title))
  })
})
