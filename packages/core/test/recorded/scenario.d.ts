/** One request of the scenario. */
export interface Asked {
  readonly verb: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** One answer, as recorded. */
export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body?: unknown
}
