/** How a value is written as XML. */
export interface XmlOptions {
  /** Name of the outermost element. @default 'response' */
  readonly wrapper?: string
  /** Whether the text begins with an XML declaration. @default true */
  readonly declaration?: boolean
  /** What stands for null: the text `null`, or nothing. @default 'text' */
  readonly empty?: 'text' | 'empty'
}

/**
 * Writes a value as XML, the way LoopBack does: members become elements, items of a list repeat the element.
 *
 * @param value plain data; an object with `toXML()` writes itself
 * @param options wrapper, declaration, null
 * @example toXml({ a: 1 }) // '<?xml version="1.0" encoding="UTF-8"?>\n<response>\n  <a>1</a>\n</response>'
 */
export function toXml(value: unknown, options: XmlOptions = {}): string {
  const { wrapper = 'response', declaration = true, empty = 'text' } = options
  if (value === null || value === undefined) return '<null/>'
  const own = value as { toXML?: () => unknown }
  if (typeof own.toXML === 'function') return String(own.toXML())
  const body = Array.isArray(value) ? { result: value as unknown } : value
  const head = declaration ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''
  return head + element(wrapper, body, { indent: '', empty })
}

interface Place {
  readonly indent: string
  readonly empty: 'text' | 'empty'
}

function element(name: string, value: unknown, place: Place): string {
  const tag = nameOf(name)
  const { indent, empty } = place
  if (Array.isArray(value)) return value.map((item) => element(name, item, place)).join('\n')
  const plain = toPlain(value)
  if (plain === null || plain === undefined) return `${indent}<${tag}>${empty === 'text' ? String(plain) : ''}</${tag}>`
  if (typeof plain !== 'object') return `${indent}<${tag}>${escape(String(plain))}</${tag}>`
  const members = Object.entries(plain).map(([key, member]) => element(key, member, { indent: `${indent}  `, empty }))
  const inside = members.filter((text) => text !== '')
  return inside.length === 0 ? `${indent}<${tag}/>` : `${indent}<${tag}>\n${inside.join('\n')}\n${indent}</${tag}>`
}

function toPlain(value: unknown): unknown {
  const own = value as { toJSON?: () => unknown } | null | undefined
  return typeof own?.toJSON === 'function' ? own.toJSON() : value
}

function escape(text: string): string {
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A name that XML allows. */
function nameOf(name: string): string {
  const allowed = name.replace(/[^\w.-]/g, '_')
  return /^[A-Za-z_]/.test(allowed) ? allowed : `_${allowed}`
}
