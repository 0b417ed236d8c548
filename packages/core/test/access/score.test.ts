import { AccessRequest } from '../../src/access/access-request'
import { matchingScore } from '../../src/access/matching-score'
import { resolvePermission } from '../../src/access/resolve-permission'
import type { Rule } from '../../src/access/rule'

const request = new AccessRequest('Note', 'find', 'READ', 'DEFAULT', ['find', 'list'])
const rule = (given: Partial<Rule>): Rule => ({
  model: 'Note',
  property: '*',
  accessType: '*',
  principalType: 'ROLE',
  principalId: '$everyone',
  permission: 'ALLOW',
  ...given,
})

describe('the score of a rule', () => {
  const scores: readonly [string, Partial<Rule>, number][] = [
    ['the method, its access and everyone', { property: 'find', accessType: 'READ' }, 8132],
    ['the method and everyone', { property: 'find' }, 8004],
    ['reading and everyone', { accessType: 'READ' }, 7620],
    ['EXECUTE, which stands for every access', { accessType: 'EXECUTE' }, 7620],
    ['a user', { principalType: 'USER', principalId: 1 }, 7552],
    ['an application', { principalType: 'APP', principalId: 'a' }, 7520],
    ['a role of the application', { principalId: 'admin' }, 7508],
    ['$owner', { principalId: '$owner' }, 7504],
    ['$related', { principalId: '$related' }, 7500],
    ['$authenticated', { principalId: '$authenticated' }, 7496],
    ['$unauthenticated', { principalId: '$unauthenticated' }, 7496],
    ['everyone, refused', { permission: 'DENY' }, 7495],
    ['everyone', {}, 7492],
    ['a scope', { principalType: 'SCOPE', principalId: 's' }, 7456],
    [
      'any model, the method, its access, a role, refused',
      { model: '*', property: 'find', accessType: 'READ', principalId: 'admin', permission: 'DENY' },
      6103,
    ],
    ['anything at all, refused', { model: '*', permission: 'DENY' }, 5447],
    ['another method', { property: 'count' }, -1],
    ['another access', { accessType: 'WRITE' }, -1],
    ['another model', { model: 'Other' }, -1],
    ['an alias of the method', { property: 'list', accessType: 'READ' }, 8132],
  ]
  it.each(scores)('is that of the original for %s', (_, given, score) => {
    expect(matchingScore(rule(given), request)).toBe(score)
  })

  it('lets a rule about writing stand for replicating', () => {
    const replicate = new AccessRequest('Note', 'bulkUpdate', 'REPLICATE')
    expect(matchingScore(rule({ accessType: 'WRITE' }), replicate)).toBe(matchingScore(rule({ accessType: 'REPLICATE' }), replicate))
  })

  it('takes what the request leaves open', () => {
    expect(matchingScore(rule({ property: 'find' }), new AccessRequest('Note', '*', 'READ'))).toBeGreaterThan(0)
  })
})

describe('the permission of a request', () => {
  const answer = (rules: Partial<Rule>[], asked = request, strictest = false) =>
    resolvePermission(rules.map(rule), asked, strictest).permission

  it('is that of the best match: the target weighs more than the principal', () => {
    expect(answer([{ property: 'find', permission: 'DENY' }, { principalId: 'admin' }])).toBe('DENY')
    expect(answer([{ permission: 'DENY' }, { principalId: 'admin' }])).toBe('ALLOW')
  })

  it('is the stricter one of equals', () => {
    expect(answer([{}, { permission: 'DENY' }, {}])).toBe('DENY')
  })

  it('is DEFAULT where no rule matches', () => {
    expect(answer([{ property: 'count' }])).toBe('DEFAULT')
  })

  it('is, for several things at once, that of a rule about exactly that, else a strict one', () => {
    const all = new AccessRequest('Note', '*', '*')
    expect(
      answer(
        [
          { property: '*', accessType: '*' },
          { property: 'find', permission: 'DENY' },
        ],
        all,
      ),
    ).toBe('ALLOW')
    const reading = new AccessRequest('Note', '*', 'READ')
    const rules: Partial<Rule>[] = [
      { property: 'find', accessType: 'READ' },
      { property: 'count', accessType: '*', permission: 'DENY' },
    ]
    expect([answer(rules, reading), answer(rules, reading, true)]).toEqual(['ALLOW', 'DENY'])
  })
})
