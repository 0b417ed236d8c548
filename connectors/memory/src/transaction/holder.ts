/** A whole transaction as others see it: who holds its rows, and when it is over. */
export interface Holder {
  readonly id: string
  /** Resolves when the transaction has ended, either way. */
  readonly ended: Promise<void>
  /** The transaction that this one waits for. */
  waitsFor?: Holder
}

/** Whether waiting for a holder would never end, because it waits, at last, for the one that asks. */
export function wouldNeverEnd(writer: Holder | undefined, blocker: Holder): boolean {
  for (let next: Holder | undefined = writer && blocker; next; next = next.waitsFor) if (next === writer) return true
  return false
}
