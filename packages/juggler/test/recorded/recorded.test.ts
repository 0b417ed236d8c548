import * as juggler from '@reloop/juggler'
import { differenceOf, differences, type Profile } from './differences'

interface Step {
  readonly title: string
}

const { steps, stepsOfFour } = require('./scenario.js') as { steps: readonly Step[]; stepsOfFour: readonly Step[] }
const { play } = require('./play.js') as { play(step: Step, world: object): Promise<unknown> }
const { same } = require('./same.js') as { same(original: unknown, ours: unknown): boolean }

const profiles: readonly Profile[] = ['3.x', '2.x', 'modern']
const recordings: Readonly<Record<Profile, Readonly<Record<string, unknown>>>> = {
  '2.x': require('./2.x.json'),
  '3.x': require('./3.x.json'),
  // The newest line of the original.
  modern: require('./4.x.json'),
}

const stepsOf = (profile: Profile): readonly Step[] => (profile === 'modern' ? [...steps, ...stepsOfFour] : steps)

// Warnings of old manners are what the steps are about.
beforeAll(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined))
afterAll(() => jest.restoreAllMocks())

describe.each(profiles)('under profile %s', (profile) => {
  it.each(stepsOf(profile).map((step) => [step.title, step] as const))('%s', async (title, step) => {
    const original = recordings[profile][title]
    const answer = await play(step, { juggler, settings: { compat: profile } })
    const difference = differenceOf(title, profile)
    if (!difference) {
      if (!same(original, answer)) expect(answer).toEqual(original)
      return
    }
    // A listed difference that is none any more has to leave the list.
    expect(same(original, answer)).toBe(false)
    expect(answer).toMatchSnapshot()
  })
})

describe('the list of differences', () => {
  it('explains steps that there are, each once', () => {
    const titles = new Set(stepsOf('modern').map((step) => step.title))
    const listed = differences.flatMap((difference) => Object.keys(difference.steps))
    expect(listed.filter((title) => !titles.has(title))).toEqual([])
    expect(listed).toEqual([...new Set(listed)])
  })

  it('is about recordings of every step', () => {
    for (const profile of profiles) expect(Object.keys(recordings[profile])).toEqual(stepsOf(profile).map((step) => step.title))
  })
})
