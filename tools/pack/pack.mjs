import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from '../aliases/generate.mjs'
import { mustRun, pnpm, root } from '../run/command.mjs'
import { publishedPackages } from '../run/workspace.mjs'

/**
 * Packs every published package and every alias package.
 * @param {string} target folder for the tarballs, made when missing
 * @returns {Promise<{ packages: Packed[], aliases: Packed[] }>} name, version and tarball of each
 */
export async function packAll(target) {
  mkdirSync(target, { recursive: true })
  const names = publishedPackages().map(({ manifest }) => `--filter=${manifest.name}`)
  const packages = await packFolder(root, target, names)
  const written = mkdtempSync(join(tmpdir(), 'reloop-aliases-'))
  try {
    generate(written)
    writeFileSync(join(written, 'pnpm-workspace.yaml'), 'packages: ["*"]\n')
    writeFileSync(join(written, 'package.json'), '{ "private": true }\n')
    writeFileSync(join(written, 'LICENSE'), readFileSync(join(root, 'LICENSE')))
    return { packages, aliases: await packFolder(written, target) }
  } finally {
    rmSync(written, { recursive: true, force: true })
  }
}

async function packFolder(cwd, target, filters = []) {
  const { stdout } = await mustRun([...pnpm, '-r', ...filters, 'pack', '--pack-destination', target, '--json'], { cwd })
  return JSON.parse(stdout.slice(stdout.indexOf('['))).map(({ name, version, filename }) => ({ name, version, filename }))
}
