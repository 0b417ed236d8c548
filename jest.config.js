const { existsSync, readdirSync } = require('node:fs')
const { join } = require('node:path')
const preset = require('./jest.preset.js')

const rooms = ['packages', 'connectors', 'components', 'sdks', 'examples', 'tools'].filter((room) => existsSync(join(__dirname, room)))
const projects = rooms.flatMap((room) =>
  readdirSync(join(__dirname, room))
    .filter((name) => existsSync(join(__dirname, room, name, 'test')))
    .map((name) => ({ ...preset, displayName: room === 'packages' ? name : `${room}/${name}`, rootDir: join(__dirname, room, name) })),
)

module.exports = { projects, testTimeout: 30_000 }
