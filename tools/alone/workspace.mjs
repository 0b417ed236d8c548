import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packAll } from '../pack/pack.mjs'
import { mustRun, pnpm, root } from '../run/command.mjs'
import { localHeaders } from '../run/install.mjs'
import { publishedPackages } from '../run/workspace.mjs'
import { namesToInstall } from './example.mjs'

/**
 * Packs everything and installs each package by itself: one folder per package, each seeing only what the package declares
 * (nothing is hoisted, no peer comes unasked), all from pnpm's one store in one install.
 *
 * @returns {Promise<{ home: string, rooms: { name: string, manifest: object, folder: string, source: string }[], aliasRoom: string, aliases: object[] }>}
 */
export async function installAlone() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'reloop-alone-')))
  const packed = await packAll(join(home, 'tarballs'))
  const tarball = new Map(packed.packages.map(({ name, filename }) => [name, `file:${filename}`]))
  const rooms = publishedPackages().map(({ folder, manifest }) => {
    const room = { name: manifest.name, manifest, folder: join(home, folder.replaceAll('/', '-')), source: join(root, folder) }
    writeRoom(room.folder, dependenciesOf(room, tarball))
    return room
  })
  const aliases = packed.aliases.map(({ name, version, filename }) => ({
    name: name.replace('@reloop/', ''),
    major: version.split('.')[0],
    filename,
  }))
  const aliasRoom = join(home, 'aliases')
  const ours = Object.fromEntries(
    rooms.filter(({ manifest }) => neededPeers(manifest).every((name) => tarball.has(name))).map(({ name }) => [name, tarball.get(name)]),
  )
  writeRoom(aliasRoom, {
    ...ours,
    ...Object.fromEntries(aliases.map(({ name, major, filename }) => [`${name}-${major}`, `file:${filename}`])),
  })
  writeWorkspace(home, tarball)
  await mustRun([...pnpm, 'install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: home, env: localHeaders() })
  return { home, rooms, aliasRoom, aliases }
}

/** Names of the peers that a package cannot do without. */
function neededPeers({ peerDependencies = {}, peerDependenciesMeta = {} }) {
  return Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
}

/** What the README says and the peers that come with it: ours packed, others at the version that the workspace tests with. */
function dependenciesOf({ name, manifest, source }, tarball) {
  const { peerDependencies = {}, dependencies = {}, devDependencies = {} } = manifest
  const require = createRequire(join(source, 'package.json'))
  const tested = (other) => (dependencies[other] ?? devDependencies[other]) && require(`${other}/package.json`).version
  const version = (other) => tarball.get(other) ?? tested(other) ?? peerDependencies[other] ?? 'latest'
  const names = new Set([name, ...namesToInstall(source), ...neededPeers(manifest)])
  return Object.fromEntries([...names].map((other) => [other, version(other)]))
}

function writeRoom(folder, dependencies) {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2))
}

/** The repository's lockfile goes along, so that packages of others come at the versions that are tested here. */
function writeWorkspace(home, tarball) {
  const settings = {
    packages: ['*', '!tarballs'],
    overrides: Object.fromEntries(tarball),
    allowBuilds: { 'better-sqlite3': true, sqlite3: false, '@scarf/scarf': false },
    hoist: false,
    autoInstallPeers: false,
    strictPeerDependencies: true,
    pmOnFail: 'ignore',
  }
  writeFileSync(join(home, 'pnpm-workspace.yaml'), JSON.stringify(settings, null, 2))
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  copyFileSync(join(root, 'pnpm-lock.yaml'), join(home, 'pnpm-lock.yaml'))
}
