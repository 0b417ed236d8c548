import type { Profile } from '@reloop/compat'

/** What we answer otherwise on purpose, each with its reason: given LoopBack's answer, ours. */
const differences: Readonly<Record<string, (theirs: never, profile: Profile) => unknown>> = {
  // Every error of ours has a statusCode; LoopBack 2 shows it where an error had one.
  'POST /Sources/create-updates [{"modelName":"Source","modelId":"gone","rev":"other","checkpoint":1}]': (theirs: Answer, profile) =>
    profile === '2.x' ? { ...theirs, body: { error: { ...theirs.body.error, statusCode: 500 } } } : theirs,
}

interface Answer {
  readonly body: { readonly error: object }
}

/** What is expected of us where LoopBack answers `theirs`. */
export function expectedOf(profile: Profile, title: string, theirs: unknown): unknown {
  const ours = differences[title]
  return ours ? ours(theirs as never, profile) : theirs
}
