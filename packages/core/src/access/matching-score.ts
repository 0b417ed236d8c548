import type { AccessRequest } from './access-request'
import { all, permissionOrder } from './names'
import type { Rule } from './rule'

const principals: Readonly<Record<string, number>> = Object.freeze({ USER: 4, APP: 3, ROLE: 2 })
const roles: Readonly<Record<string, number>> = Object.freeze({
  $owner: 4,
  $related: 3,
  $authenticated: 2,
  $unauthenticated: 2,
  $everyone: 1,
})
const customRole = 5

/**
 * How closely a rule fits a request, LoopBack's way: the target weighs more than the principal, and of equals the stricter wins.
 *
 * @param rule the rule; what it leaves out means `*`
 * @param request what is asked for
 * @returns the score, or -1 where the rule is about something else
 */
export function matchingScore(rule: Rule, request: AccessRequest): number {
  let score = 0
  for (const key of ['model', 'property', 'accessType'] as const) {
    const fit = fitOf(key, rule, request)
    if (fit === 0) return -1
    score = score * 4 + fit
  }
  const type = rule.principalType ?? ''
  score = score * 4 + (Object.hasOwn(principals, type) ? principals[type]! : 1)
  score = score * 8 + (type === 'ROLE' ? roleScore(String(rule.principalId)) : 0)
  return score * 4 + (permissionOrder[rule.permission ?? 'ALLOW'] ?? 1) - 1
}

function roleScore(role: string): number {
  return Object.hasOwn(roles, role) ? roles[role]! : customRole
}

function fitOf(key: 'model' | 'property' | 'accessType', rule: Rule, request: AccessRequest): number {
  const wanted = (rule[key] ?? all) as string
  const asked = request[key]
  if (wanted === asked) return 3
  if (key === 'property' && request.methodNames.includes(wanted)) return 3
  if (key === 'accessType' && (wanted === 'EXECUTE' || (wanted === 'WRITE' && asked === 'REPLICATE'))) return 3
  if (wanted === all) return 2
  return asked === all ? 1 : 0
}
