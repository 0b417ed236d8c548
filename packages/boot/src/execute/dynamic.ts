import { isPlain } from '../compile/merge'

/** Where values of `${NAME}` come from, and how they are put in. */
export interface Dynamic {
  readonly get: (name: string) => unknown
  /** Replace anywhere in a text; otherwise only at its end, and with it the whole text. */
  readonly interpolate: boolean
  /** What is being read, for the warning about a name that has no value. */
  readonly file: string
}

/**
 * Replaces `${NAME}` in texts at any depth by the environment variable of that name, or else the setting of the application. A text that
 * is nothing else becomes the value itself, of any type. A name without a value gives a warning, which never shows a value.
 */
export function resolveDynamic(value: unknown, dynamic: Dynamic): unknown {
  if (typeof value === 'string') return resolveText(value, dynamic)
  if (Array.isArray(value)) return value.map((item) => resolveDynamic(item, dynamic))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveDynamic(item, dynamic)]))
}

function resolveText(text: string, dynamic: Dynamic): unknown {
  const whole = (dynamic.interpolate ? /^\$\{(\w+)\}$/ : /\$\{(\w+)\}$/).exec(text)
  if (whole) return lookUp(whole[1]!, dynamic)
  if (!dynamic.interpolate || !text.includes('${')) return text
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => String(lookUp(name, dynamic) ?? ''))
}

function lookUp(name: string, { get, file }: Dynamic): unknown {
  const value = process.env[name] ?? get(name)
  if (value === undefined) process.emitWarning(`${file}: \${${name}} has no value: it is neither an environment variable nor a setting.`)
  return value
}
