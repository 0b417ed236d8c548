import { rmSync } from 'node:fs'
import { checkAliases } from '../aliases/check.mjs'
import { checkAlone } from '../alone/check.mjs'
import { installAlone } from '../alone/workspace.mjs'
import { checkExports } from '../exports/check.mjs'
import { checkPublished } from '../exports/publint.mjs'

/**
 * Packs everything, installs each package alone, and looks at it as its users do.
 * @returns {Promise<Record<string, import('./results.mjs').Result[]>>} suite → results
 */
export async function runPackageChecks() {
  const installed = await installAlone()
  try {
    const alone = await checkAlone(installed)
    const [published, exports, aliases] = await Promise.all([checkPublished(installed), checkExports(installed), checkAliases(installed)])
    return { 'tools/alone': alone, 'tools/exports': [...exports, ...published], 'tools/aliases': aliases }
  } finally {
    rmSync(installed.home, { recursive: true, force: true })
  }
}
