const form = /^([+-]?)(\d*)(?:\.(\d*))?$/

/** Adds numbers that may be texts of any length without rounding; the sum is text as soon as one of them is, and bigint among bigints. */
export class ExactSum {
  #digits = 0n
  #scale = 0
  #number = 0
  #kind: 'none' | 'number' | 'bigint' | 'text' = 'none'

  add(value: unknown): void {
    if (typeof value === 'number' && this.#kind !== 'text') {
      this.#number += value
      if (this.#kind === 'none') this.#kind = 'number'
      return
    }
    const parts = form.exec(String(value))
    if (!parts) this.#number += Number(value)
    else this.#addDigits(`${parts[1]}${parts[2]}${parts[3] ?? ''}`, parts[3]?.length ?? 0)
    if (this.#kind !== 'text') this.#kind = typeof value === 'bigint' ? 'bigint' : 'text'
  }

  result(): unknown {
    if (this.#kind === 'none') return null
    if (this.#kind === 'number') return this.#number
    if (this.#kind === 'bigint') return this.#number === 0 ? this.#digits : Number(this.#digits) + this.#number
    if (this.#number !== 0) return String(Number(this.#text()) + this.#number)
    return this.#text()
  }

  #addDigits(digits: string, scale: number): void {
    const wider = Math.max(scale, this.#scale)
    this.#digits =
      this.#digits * 10n ** BigInt(wider - this.#scale) +
      BigInt(digits === '' || digits === '-' || digits === '+' ? 0 : digits) * 10n ** BigInt(wider - scale)
    this.#scale = wider
  }

  #text(): string {
    const sign = this.#digits < 0n ? '-' : ''
    const digits = String(this.#digits < 0n ? -this.#digits : this.#digits).padStart(this.#scale + 1, '0')
    const whole = digits.slice(0, digits.length - this.#scale)
    return this.#scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-this.#scale)}`
  }
}
