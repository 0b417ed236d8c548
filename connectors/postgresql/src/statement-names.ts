import type { Command } from '@reloop/connector-sql'

interface Kept {
  readonly era: number
  name: string | undefined
}

/** Most statements that one connection keeps prepared; later ones are sent as text. */
const most = 1000

/** Gives names to commands, under which a connection keeps them prepared: from the second time on, because many are never sent again. */
export class StatementNames {
  readonly #enabled: boolean
  #given = 0
  #era = 0

  constructor(enabled: boolean) {
    this.#enabled = enabled
  }

  for(command: Command): string | undefined {
    const kept = command.kept as Kept | undefined
    if (kept?.era === this.#era) return (kept.name ??= this.#next())
    command.kept = { era: this.#era, name: undefined } satisfies Kept
    return undefined
  }

  /** From now on all names are new: tables were changed. */
  forget(): void {
    this.#era++
  }

  /** Another name, for a statement whose tables have changed since it was prepared. */
  renew(command: Command): void {
    command.kept = { era: this.#era, name: this.#next() } satisfies Kept
  }

  /** Whether the server refused a prepared statement that would pass as text. */
  isStale(error: unknown): boolean {
    const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
    return code === '26000' || (code === '0A000' && String(message).includes('cached plan'))
  }

  #next(): string | undefined {
    return this.#enabled && this.#given < most ? `reloop_${++this.#given}` : undefined
  }
}
