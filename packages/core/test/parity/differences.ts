import type { Answer } from './scenario'

/** Ours and theirs. */
export interface Pair {
  readonly ours: Answer
  readonly theirs: Answer
}

/** A request of the scenario with its two answers. */
export interface Compared {
  readonly profile: '2.x' | '3.x'
  /** Verb, decoded path, body and who asked. */
  readonly text: string
  readonly pair: Pair
}

/** An answer that is not LoopBack's, on purpose. Each has its line in docs/migration/quirks.md. */
export interface Difference {
  readonly why: string
  readonly asked: RegExp
  /** @default both lines */
  readonly only?: '2.x' | '3.x'
  readonly holds: (pair: Pair) => boolean
}

const statuses = (ours: number, theirs: number) => (pair: Pair) => pair.ours.status === ours && pair.theirs.status === theirs
const sameStatus = ({ ours, theirs }: Pair) => ours.status === theirs.status
const errorOf = ({ body }: Answer) => (body as { error?: Record<string, unknown> } | undefined)?.error

/** The same error but for one property, which only ours has. */
const further = (name: 'code' | 'statusCode') => (pair: Pair) => {
  const { [name]: added, ...ours } = errorOf(pair.ours) ?? {}
  return sameStatus(pair) && added !== undefined && JSON.stringify(ours) === JSON.stringify(errorOf(pair.theirs))
}

/** The same error in other words. */
const otherWords = ({ ours, theirs }: Pair) => {
  const [a, b] = [
    { ...errorOf(ours), message: '' },
    { ...errorOf(theirs), message: '' },
  ]
  return ours.status === theirs.status && JSON.stringify({ ...a, code: '' }) === JSON.stringify({ ...b, code: '' })
}

const values: readonly Difference[] = [
  {
    why: 'replaceById compares its own id as ids are compared',
    asked: /^POST \/api\/Things\/2\/replace /,
    holds: ({ theirs }) => theirs.status === 400,
  },
  { why: 'an object is no id', asked: /^GET \/api\/Things\/\{"a":1\}/, only: '3.x', holds: statuses(400, 404) },
  {
    why: 'the message for a changed id names property and both ids',
    asked: /^(PATCH \/api\/lands\/be \{"code"|PUT \/api\/Authors\/1\/books\/1 \{"id")/,
    holds: otherWords,
  },
  {
    why: 'a mistake of the client is no server error',
    asked: /^(GET \/api\/Things\/null|(POST|PATCH) \/api\/closed-boxes.*"extra")/,
    only: '2.x',
    holds: statuses(400, 500),
  },
  { why: 'reasons inside of messages about clauses say what was expected', asked: /where=?\{?.*"(nor":1|or":\{)/, holds: otherWords },
  { why: 'an upsert needs a where, and says so', asked: /^POST \/api\/Scraps\/upsertWithWhere(\?where=null)? /, holds: statuses(400, 500) },
  { why: 'a reply to broken JSON does not repeat it', asked: /^POST \/api\/Scraps \{"title":$/, only: '2.x', holds: sameStatus },
  { why: 'properties come in any order', asked: /_format=xml/, holds: statuses(200, 200) },
  { why: 'verbs that no method can have never reach the API', asked: /^TRACE /, holds: otherWords },
  {
    why: 'a key that is not there is told with a code, in the same words for every method',
    asked: /^(PUT|GET) \/api\/Caches\/none\/(expire|ttl)/,
    holds: ({ ours, theirs }) => ours.status === 404 && theirs.status === 404,
  },
  {
    why: 'every error of ours carries its status',
    asked: /^((POST|PUT|DELETE) \/api\/Authors\/1\/profile|POST \/api\/Users\/logout)/,
    only: '2.x',
    holds: further('statusCode'),
  },
  { why: 'a status that is none for an error counts as 500', asked: /^GET \/api\/tools\/low/, only: '2.x', holds: statuses(500, 200) },
  {
    why: 'a text that is no geographic point is told in one way',
    asked: /^(GET|POST) \/api\/tools\/(take|form)_geopoint/,
    only: '3.x',
    holds: ({ theirs }) => theirs.status === 400,
  },
  { why: 'nor, and in 2.x nin, work in memory', asked: /"(nor|nin)":\[/, holds: statuses(200, 200) },
  { why: 'an unknown operator is refused', asked: /"wrong":1/, holds: statuses(400, 200) },
  {
    why: 'a hidden property is refused in where and order',
    asked: /^GET \/api\/Authors\?filter=\{"(where":\{"secret|order":"secret)/,
    holds: statuses(400, 200),
  },
]

const relations: readonly Difference[] = [
  {
    why: 'a related record that is not there is told with a code',
    asked: /\/api\/(Authors\/1\/books\/|Books\/1\/pictures\/2)/,
    holds: further('code'),
  },
  { why: 'one message for a missing link', asked: /^DELETE \/api\/Books\/1\/readers\/9/, holds: otherWords },
  { why: 'whether a reference is there can be asked', asked: /^HEAD \/api\/Books\/1\/editors\/rel/, holds: statuses(200, 500) },
  { why: 'references that lead to nobody do not count', asked: /^GET \/api\/Books\/1\/editors\/count/, holds: statuses(200, 200) },
  {
    why: 'a model without an id of its own, embedded, gets none',
    asked: /^((GET|POST|PUT) \/api\/Authors\/1\/address|GET \/api\/Authors\/1\?filter=\{"fields":\["name","home"\])/,
    holds: ({ ours }) => ours.status === 200,
  },
  {
    why: 'a relation to many without rows is included as an empty list',
    asked: /"include":\["author","tags"\]/,
    holds: statuses(200, 200),
  },
  { why: 'an include of nothing known is a mistake of the client', asked: /"include":"nothing"/, holds: statuses(400, 500) },
]

const access: readonly Difference[] = [
  { why: 'no message shows a password', asked: /^POST \/api\/Users .*"x{73}"/, only: '2.x', holds: otherWords },
  { why: 'messages never repeat the value of a hidden property', asked: /^POST \/api\/Users .*(nopass|number)@/, holds: otherWords },
  {
    why: 'a token that is not valid is told as every other error',
    asked: /^GET \/api\/Users\/\{eveId\}( |\?access_token= )/,
    holds: sameStatus,
  },
  {
    why: 'who changes the own password or address stays signed in',
    asked: /^(GET|PATCH) \/api\/Users\/\{eveId\} .*as eve$/,
    only: '2.x',
    holds: ({ ours, theirs }) => ours.status !== 401 && theirs.status === 401,
  },
  { why: 'the filter of changes is applied', asked: /^GET \/api\/Sheets\/changes\?since=0&filter=/, holds: statuses(200, 200) },
]

/** Everything in which Reloop answers otherwise. */
export const differences: readonly Difference[] = [...values, ...relations, ...access]

/** The difference that explains why the answers to a request are not the same, if one does. */
export function differenceOf({ profile, text, pair }: Compared): Difference | undefined {
  return differences.find(({ only, asked, holds }) => (only ?? profile) === profile && asked.test(text) && holds(pair))
}
