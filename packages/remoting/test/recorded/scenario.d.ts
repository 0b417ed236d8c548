/** One request of the scenario. */
export interface Asked {
  readonly verb: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

export const requests: readonly Asked[]
export const types: Readonly<Record<string, unknown>>
export function describe(value: unknown): unknown
export function build(given: { RemoteObjects: { create(options: object): unknown }; SharedClass: unknown; options: object; log: string[] }): unknown
