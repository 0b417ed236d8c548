export interface Asked {
  readonly verb: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}
export const requests: readonly Asked[]
export function build(app: unknown, line: string): Promise<void>
export function decision(answer: { status: number; body?: unknown }): string
