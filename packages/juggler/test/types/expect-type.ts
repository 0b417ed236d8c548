/** Whether two types are the same, not only assignable. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Compiles only when the value's type is exactly `T`: `expectType<string>()(value)`. */
export function expectType<T>() {
  return <U>(value: U, ...differ: Same<T, U> extends true ? [] : ['types differ', T, U]) => [value, differ]
}
