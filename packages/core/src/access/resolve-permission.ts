import { AccessRequest } from './access-request'
import { matchingScore } from './matching-score'
import { permissionOrder, permissions } from './names'
import type { Rule } from './rule'

/**
 * What a list of rules, all of which are about the caller, says to a request: the best match decides. A request for several things at
 * once (`*`) gets the answer of a rule about exactly that, else a strict one.
 *
 * @param rules rules whose principals are the caller
 * @param request what is asked for
 * @param strictest whether the strictest of all candidates answers a request with `*`, as in LoopBack 2, or the first by score
 * @returns the request with the permission; DEFAULT where no rule matches
 */
export function resolvePermission(rules: readonly Rule[], request: AccessRequest, strictest = false): AccessRequest {
  const scored = rules.map((rule) => ({ rule, score: matchingScore(rule, request) })).filter(({ score }) => score >= 0)
  scored.sort((a, b) => b.score - a.score)
  let permission: string = permissions.DEFAULT
  for (const { rule } of scored) {
    const given = rule.permission ?? permissions.ALLOW
    if (!request.isWildcard() || request.exactlyMatches(rule)) {
      permission = given
      break
    }
    if ((permissionOrder[given] ?? 1) <= (permissionOrder[permission] ?? 0)) continue
    permission = given
    if (!strictest) break
  }
  const { model, property, accessType, methodNames } = request
  return new AccessRequest({ model, property, accessType, permission, methodNames })
}
