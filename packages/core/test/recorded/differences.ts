import type { Asked } from './scenario'

interface Pair {
  readonly ours: { readonly status: number; readonly body?: unknown }
  readonly theirs: { readonly status: number; readonly body?: unknown }
}

interface Difference {
  readonly why: string
  /** Verb, decoded path and body of the requests that it is about. */
  readonly asked: RegExp
  readonly holds?: (pair: Pair, profile: string) => boolean
}

const status = (ours: number, theirs: number) => (pair: Pair) => pair.ours.status === ours && pair.theirs.status === theirs
const message = ({ ours, theirs }: Pair) => ours.status === theirs.status

/** Where Reloop answers otherwise on purpose in a profile of LoopBack, and why. */
const differences: readonly Difference[] = [
  { why: 'a duplicate is a conflict in every line', asked: /^POST .*("id":1,|"code":"a")/, holds: status(409, 500) },
  { why: 'the memory store numbers text ids on its own', asked: /^POST \/api\/texts \{"value":"no id"\}/, holds: message },
  { why: 'texts that quote a value of the filter differ in form', asked: /^GET \/api\/Notes\?filter=.*("x"|SIDEWAYS|between|inq)/, holds: message },
  { why: 'an include of nothing known is a mistake of the client', asked: /"include":"nothing"/, holds: status(400, 500) },
  { why: 'the text of a refused change of id is one in every line, and not garbled', asked: /^PATCH \/api\/Notes\/1 \{"id":2/, holds: message },
  { why: 'a record to replace that is not there is a 404 in every line', asked: /^POST \/api\/Notes\/99\/replace/, holds: status(404, 500) },
  { why: 'a replaced record shows what it lacks as null', asked: /^(GET \/api\/Notes\/1 |PATCH \/api\/Notes \{"id":1)/, holds: message },
  { why: 'PUT of 2.x in a collection gives the record, not only what was sent', asked: /^PUT \/api\/Notes \{"id":1/, holds: message },
  { why: 'data that is merged into a match is validated merged', asked: /upsertWithWhere.*\{"stars":2\}/, holds: status(200, 422) },
  { why: 'a refusal in place of an assertion', asked: /^POST \/api\/Notes\/update \{/, holds: ({ ours }) => ours.status === 500 },
  {
    why: 'the error of a related record that is not there, or not one of the owner, has a code',
    asked: /\/api\/Authors\/(1\/notes\/9999|2\/notes\/\{first\})/,
    holds: status(404, 404),
  },
  { why: 'moving an item to another owner is a mistake of the client', asked: /^PUT \/api\/Authors\/1\/notes\/\{first\} \{"authorId":2/, holds: status(400, 500) },
  { why: 'every error of ours carries its status', asked: /\/api\/Authors\/1\/badge/, holds: (pair, profile) => profile === '2.x' && status(500, 500)(pair) },
  { why: 'without an order rows come by id', asked: /^GET \/api\/People\/1\/clubs/, holds: status(200, 200) },
  { why: 'a to-one relation without a record is included as null', asked: /"include":\{"author":"notes"\}/, holds: status(200, 200) },
]

/** Whether a difference is one of the intended ones. */
export function isKnown(profile: string, asked: Asked, pair: Pair): boolean {
  const text = `${asked.verb} ${decodeURIComponent(asked.path)} ${asked.body ?? ''}`
  return differences.some((difference) => difference.asked.test(text) && (difference.holds?.(pair, profile) ?? true))
}
