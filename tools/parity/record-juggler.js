'use strict'
/*
 * Records what an original loopback-datasource-juggler answers to the scenario of packages/juggler.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback-datasource-juggler@3.36.1     (or @2.59.2, @4.28.9)
 *   node tools/parity/record-juggler.js /tmp/original packages/juggler/test/recorded/3.x.json
 */
const { createRequire } = require('node:module')
const { join, resolve } = require('node:path')
const { writeFileSync } = require('node:fs')

process.env.NO_DEPRECATION = '*'
process.env.TZ = 'UTC'
const scenario = require('../../packages/juggler/test/recorded/scenario')
const { play } = require('../../packages/juggler/test/recorded/play')
const { encode } = require('../../packages/juggler/test/recorded/encode')

/** An error that the original throws where nobody can catch it ends the process; here it is the answer of the step. */
function playOrCrash(step, world) {
  return new Promise((resolve) => {
    const crashed = (error) => resolve({ $crash: encode(error) })
    process.once('uncaughtException', crashed)
    play(step, world).then((answer) => {
      process.off('uncaughtException', crashed)
      resolve(answer)
    })
  })
}

async function main([folder, target]) {
  const load = createRequire(join(resolve(folder), 'index.js'))
  const juggler = load('loopback-datasource-juggler')
  const { version } = load('loopback-datasource-juggler/package.json')
  const steps = [...scenario.steps, ...(Number(version.split('.')[0]) >= 4 ? scenario.stepsOfFour : [])]
  const lines = []
  process.on('unhandledRejection', () => {})
  for (const step of steps)
    lines.push(`${JSON.stringify(step.title)}: ${JSON.stringify(await playOrCrash(step, { juggler, settings: {} }))}`)
  if (new Set(steps.map((step) => step.title)).size < steps.length) throw new Error('Two steps have the same title.')
  writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`)
  console.log(`${lines.length} answers of loopback-datasource-juggler ${version} in ${target}`)
  process.exit(0)
}

main(process.argv.slice(2))
