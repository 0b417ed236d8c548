const coloured = process.env.NO_COLOR === undefined && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined)
const paint = (code) => (text) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text)

export const green = paint(32)
export const red = paint(31)
export const yellow = paint(33)
export const dim = paint(2)
export const bold = paint(1)

export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`

/** Something went wrong that the reader can mend: shown without a stack. */
export class Told extends Error {}

/**
 * Runs one step of the work and writes one line about it: what, how it ended, how long.
 * @param {string} name what is done
 * @param {(note: (text: string, good?: boolean) => void, now: (text: string) => void) => unknown} work may call `note` to say more
 *   on that line (and that all is not well), and `now` to tell meanwhile what takes its time
 */
export async function step(name, work) {
  const began = performance.now()
  let said = ''
  let mark = green('✓')
  const now = (text) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${dim(`  … ${text}`)}` : `${dim(`  … ${text}`)}\n`)
  if (process.stdout.isTTY) now(name)
  try {
    const note = (text, good = true) => {
      said = ` (${text})`
      mark = good ? mark : red('✗')
    }
    const result = await work(note, now)
    line(mark, `${name}${said}`, began)
    return result
  } catch (error) {
    line(red('✗'), `${name}${said}`, began)
    throw error
  }
}

function line(mark, text, began) {
  process.stdout.write(`${process.stdout.isTTY ? '\r\x1b[K' : ''}${mark} ${text} ${dim(seconds(began))}\n`)
}

/** Runs a command line tool's work; what was told ends it with one red line, the rest with its stack. */
export async function main(work) {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Told ? red(error.message) : error)
    process.exitCode = 1
  }
}
