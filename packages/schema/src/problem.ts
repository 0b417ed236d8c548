/** One thing that is wrong in a value. */
export interface Problem {
  /** Key path such as `db.pool.max` or `models[2].name`; '' is the value itself. */
  readonly at: string
  /** What was expected and what was found, to be read after the path. */
  readonly problem: string
  /** The known name that an unknown one most likely meant. */
  readonly nearest?: string
}

const secret = /pass(word|wd|phrase)?|secret|token|credential|private|api_?key|authorization/i

/** A key path with one more key or index. */
export function join(at: string, key: string | number): string {
  if (typeof key === 'number' || /^\d+$/.test(key)) return `${at}[${key}]`
  const part = /^[\w$@/-]+$/.test(key) ? key : JSON.stringify(key)
  return at === '' ? part : `${at}.${part}`
}

/** What a value is, for messages: short plain values are shown, unless their key says that they are secret. */
export function found(value: unknown, at: string): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'function') return 'a function'
  if (secret.test(at)) return `a ${typeof value}`
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}
