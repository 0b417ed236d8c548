/** What a handler stands for that one of our factories made: an entry of middleware.json. */
export interface Mark {
  readonly name: string
  readonly params?: unknown
}

const marks = new WeakMap<object, Mark>()

/** Says which entry of middleware.json a handler is; the application then does it by itself where it can. */
export function mark<F extends Function>(handler: F, given: Mark): F {
  marks.set(handler, given)
  return handler
}

/** What a handler was marked with. */
export function markOf(handler: Function): Mark | undefined {
  return marks.get(handler)
}
