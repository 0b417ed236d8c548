// Usage: node tools/limits      names and anatomy of packages; lengths of files and functions are eslint's (eslint.config.js)
import { badAnatomy } from './anatomy.mjs'
import { badNames } from './names.mjs'

const wrong = [...badNames(), ...badAnatomy()]
for (const line of wrong) console.log(line)
process.exitCode = wrong.length ? 1 : 0
