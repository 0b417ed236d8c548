import { randomBytes, randomInt } from 'node:crypto'

const machine = randomBytes(5).toString('hex')
let counter = randomInt(0x1000000)

/** A new id of 24 hexadecimal digits: seconds, 5 random bytes of this process, a counter. Later ids are greater within a process. */
export function objectId(): string {
  counter = (counter + 1) % 0x1000000
  const seconds = Math.floor(Date.now() / 1000)
  return seconds.toString(16).padStart(8, '0') + machine + counter.toString(16).padStart(6, '0')
}
