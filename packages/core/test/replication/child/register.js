// Lets a plain Node process run the sources: `node --conditions=@reloop/source -r ./register.js server.ts`.
const { transformSync } = require('@swc/core')
const { readFileSync } = require('node:fs')

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  })
  module._compile(code, filename)
}
