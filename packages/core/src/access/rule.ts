/** An access rule, as model settings and the ACL model hold it. */
export interface Rule {
  readonly model?: string
  /** Names of methods, or one; `*` and nothing mean all. */
  readonly property?: string | readonly string[]
  readonly accessType?: string
  readonly principalType?: string
  readonly principalId?: unknown
  readonly permission?: string
  /** Rows that the rule is about; all of them where it is left out. */
  readonly where?: Readonly<Record<string, unknown>>
  /** Properties that the rule is about; then it says nothing about methods. */
  readonly fields?: readonly string[]
}

/** Whether a rule lets through what it is about. */
export function allows(rule: Rule): boolean {
  return rule.permission !== 'DENY'
}
