/** A filter as users write it. */
export interface Filter {
  readonly where?: unknown
  readonly fields?: unknown
  readonly include?: unknown
  readonly order?: unknown
  readonly limit?: unknown
  readonly skip?: unknown
  readonly offset?: unknown
  readonly [key: string]: unknown
}
