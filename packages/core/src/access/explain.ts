import { inspect } from 'node:util'

/** Says one thing about a decision. */
export type Explain = (text: string, facts?: object) => void

/**
 * A teller of decisions, as `DEBUG=loopback:security:*` asks for them: `role`, `acl`, `access-context`. Undefined where nobody wants to hear, so
 * that silence costs nothing. Facts hold ids, names and rules; never tokens or passwords.
 */
export function explain(topic: 'role' | 'acl' | 'access-context'): Explain | undefined {
  if (!setting) return undefined
  const name = `loopback:security:${topic}`
  if (!wanted(setting, name)) return undefined
  return (text, facts) => {
    const shown = facts === undefined ? '' : ` ${inspect(facts, { depth: 4, breakLength: Infinity })}`
    process.stderr.write(`${name} ${text}${shown}\n`)
  }
}

let setting = process.env.DEBUG

/** Reads DEBUG; decisions do not, for each look at the environment crosses into the system. */
export function readDebug(): void {
  setting = process.env.DEBUG
}

/** `a:*,-a:b`: the way of the package debug. */
function wanted(setting: string, name: string): boolean {
  const patterns = setting.split(/[\s,]+/).filter(Boolean)
  const matches = (pattern: string) => new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`).test(name)
  const refused = patterns.some((pattern) => pattern.startsWith('-') && matches(pattern.slice(1)))
  return !refused && patterns.some((pattern) => !pattern.startsWith('-') && matches(pattern))
}
