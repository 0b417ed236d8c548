/** One request of the scenario. */
export interface Asked {
  readonly verb: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
  /** Who asks: the name under which an earlier request kept a token. */
  readonly as?: string
}

/** One answer, as recorded. */
export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body?: unknown
}

/** Requests on one subject. */
export interface Chapter {
  readonly title: string
  readonly requests: readonly Asked[]
}

/** An application with what is asked of it. */
export interface World {
  build(app: unknown, line: '2.x' | '3.x'): Promise<void>
  readonly chapters: readonly Chapter[]
}
