import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const version = '3.28.0'

const others = {
  '@feathersjs/feathers': '5.0.50',
  '@feathersjs/koa': '5.0.50',
  '@feathersjs/memory': '5.0.50',
  '@feathersjs/schema': '5.0.50',
  '@loopback/repository': '8.0.15',
  '@loopback/rest': '15.0.16',
  '@nestjs/common': '12.5.1',
  '@nestjs/core': '12.5.1',
  '@nestjs/platform-fastify': '12.5.0',
  'class-transformer': '0.5.1',
  'class-validator': '0.15.1',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
}

/** Says what is missing before anything is measured. */
export function checkTools() {
  for (const [tool, hint] of [
    ['wrk', 'apt-get install wrk'],
    ['taskset', 'apt-get install util-linux'],
  ]) {
    if (spawnSync(tool, ['--version']).error) throw new Error(`The bench needs ${tool}, which is not installed. Run: ${hint}`)
  }
  const built = createRequire(import.meta.url).resolve('reloop')
  if (!existsSync(built)) throw new Error(`Reloop is not built (${built} is missing). Run: npm run build`)
}

/** Installs LoopBack 3 and the other peers in folders of their own, once, and gives the folders. */
export function installPeers() {
  return {
    loopback: install(`loopback-${version}`, 'loopback', { loopback: version }),
    others: install('http-peers', '@loopback/rest', others),
  }
}

function install(name, last, dependencies) {
  const folder = join(import.meta.dirname, '..', '.cache', name)
  if (existsSync(join(folder, 'node_modules', last))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  return folder
}
