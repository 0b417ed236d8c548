const prefixes = { packages: '', connectors: 'connector-', components: 'component-', sdks: 'sdk-' }

/** Name of the package that a folder of the workspace holds: packages/phase → @reloop/phase; connectors/rest → @reloop/connector-rest. */
export function packageName(folder) {
  const [, room, name] = /^(packages|connectors|components|sdks)\/([a-z][a-z0-9-]*)$/.exec(folder) ?? []
  return room && `@reloop/${prefixes[room]}${name}`
}

/** The files of a new package that is whole from its first minute: it builds, lints, passes its test and runs alone. */
export function filesFor(folder, description) {
  const name = packageName(folder)
  const last = folder.split('/')[1]
  const made = last.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
  return {
    [`${folder}/package.json`]: `${JSON.stringify(manifest({ name, folder, description }), null, 2)}\n`,
    [`${folder}/tsconfig.json`]: json({ extends: '../../tsconfig.base.json', include: ['src', 'test'] }),
    [`${folder}/tsconfig.build.json`]: json({
      extends: '../../tsconfig.build.json',
      compilerOptions: { rootDir: 'src', outDir: 'dist' },
      include: ['src'],
    }),
    [`${folder}/src/index.ts`]: `export { ${made} } from './${last}'\n`,
    [`${folder}/src/${last}.ts`]: source(made, description),
    [`${folder}/test/exports.test.ts`]: exportsTest(name, made),
    [`${folder}/README.md`]: readme({ name, made, description }),
    [`.changeset/${name.replace('@reloop/', '')}.md`]: `---\n'${name}': minor\n---\n\n${description}.\n`,
  }
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`

function manifest({ name, folder, description }) {
  return {
    name,
    version: '0.1.0',
    description,
    license: 'MIT',
    repository: { type: 'git', url: 'git+https://github.com/reloop-api/reloop.git', directory: folder },
    engines: { node: '>=20.19' },
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': { '@reloop/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'src'],
    scripts: { build: 'tsc -p tsconfig.build.json' },
    publishConfig: { access: 'public' },
  }
}

function source(made, description) {
  return `/**
 * ${description}.
 *
 * @returns what this package is about, in one word
 * @example ${made}() // '${made}'
 */
export function ${made}(): string {
  return '${made}'
}
`
}

function exportsTest(name, made) {
  return `import * as surface from '${name}'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual(['${made}'])
})
`
}

function readme({ name, made, description }) {
  return `# ${name}

${description}.

## Install

\`\`\`sh
npm install ${name}
\`\`\`

## Example

\`\`\`js
const { ${made} } = require('${name}')

console.log(${made}())
\`\`\`

## Reference

Every export is described where it is declared: \`src/index.ts\` lists them.
`
}
