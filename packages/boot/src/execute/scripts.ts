import { errors } from '../errors'
import type { Instructions } from '../instructions'
import { runScript } from '../legacy'
import type { Bootable } from './bootable'
import { exportedFunction } from './functions'

/** Loads all boot scripts, then runs them one after the other; synchronous ones in one go, until one makes the others wait. */
export async function runScripts(app: Bootable, { files }: Instructions): Promise<void> {
  const scripts = files.boot.map((file) => ({ file, script: exportedFunction(file) }))
  for (const { file, script } of scripts) {
    const running = script && runScript(script, app)
    if (running) await inTime(running, file, timeOf(app))
  }
}

const scriptTime = 60_000

/** Milliseconds that one script may take. */
function timeOf(app: Bootable): number {
  const limits = app.get('limits') as { time?: { bootScript?: number } } | undefined
  return limits?.time?.bootScript ?? scriptTime
}

async function inTime(running: Promise<unknown>, file: string, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(errors.BOOT_SCRIPT_TIMEOUT({ file, milliseconds })), milliseconds)
  })
  try {
    await Promise.race([running, late])
  } finally {
    clearTimeout(timer)
  }
}
