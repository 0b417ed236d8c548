import { cleanBody } from '../http/poison'
import { StreamEvent } from '../stream/stream-event'
import { restoreError } from './restore-error'

/** Characters of one event that are kept at most. */
const longest = 10 * 1024 * 1024

/**
 * Reads server-sent events.
 *
 * @param body of the reply
 * @returns the events until `end`; leaving the loop closes the connection
 * @throws the error that the server tells of
 * @example for await (const { data } of readEvents(response.body)) console.log(data)
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split(/\r?\n\r?\n/)
    text = blocks.pop()!
    if (text.length > longest) throw new RangeError(`An event is longer than ${longest} characters.`)
    for (const block of blocks) {
      const event = eventIn(block)
      if (event?.event === 'end') return
      if (event?.event === 'error') throw restoreError(JSON.stringify(event.data), 500)
      if (event) yield event
    }
  }
}

function eventIn(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon)
    const value = line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    const before = fields.get(name)
    fields.set(name, name === 'data' && before !== undefined ? `${before}\n${value}` : value)
  }
  const data = fields.get('data')
  if (data === undefined) return undefined
  return new StreamEvent({ id: fields.get('id'), event: fields.get('event'), data: cleanBody(JSON.parse(data), 1000) })
}
