import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const made: string[] = []

/**
 * Makes a project in a folder of its own, removed after the tests.
 *
 * @param files path → content; objects are written as JSON
 * @returns the folder
 */
export function project(files: Readonly<Record<string, unknown>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reloop-boot-')))
  made.push(folder)
  for (const [path, content] of Object.entries({ 'package.json': { name: 'project' }, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return folder
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** Warnings that a piece of work gives, as texts. */
export async function warningsOf(work: () => unknown): Promise<string[]> {
  const emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  try {
    await work()
    return emitted.mock.calls.map(([warning]) => String(warning))
  } finally {
    emitted.mockRestore()
  }
}
