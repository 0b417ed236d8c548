import { floors, lazily, owners, typesOnly } from './floors.mjs'

const anyPackage = '^(packages|connectors|components|sdks|examples)/[^/]+/'
const legacyFile = '/legacy[^/]*(\\.ts$|/)'
const folder = (name) => (name.includes('/') ? name.replace('*', '[^/]+') : `packages/${name}`)
const folders = (names) => names.map((name) => `^${folder(name)}/`)

/** The rules of dependency-cruiser, made from the tables in floors.mjs. */
export const rules = [
  ...Object.keys(floors).map(floorRule),
  ...Object.keys(typesOnly).map(typesRule),
  ...Object.keys(lazily).map(lazyRule),
  ...Object.keys(owners).map(ownerRule),
  {
    name: 'unknown-room',
    comment: 'A package must have its line in tools/floors/floors.mjs.',
    from: { path: `${anyPackage}src/`, pathNot: [...folders(Object.keys(floors)), '^examples/'] },
    to: { path: anyPackage },
  },
  {
    name: 'no-cycles',
    comment: 'No circle of imports, also inside a package (types may refer to each other).',
    from: { path: '/src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['pre-compilation-only', 'type-only'] } },
  },
  {
    name: 'declared-entrances',
    comment: 'Another package is entered by its name and the subpaths its "exports" declare.',
    from: { path: '^([^/]+/[^/]+)/src/' },
    to: { path: anyPackage, pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'resolvable',
    comment: 'The import leads nowhere: it is not installed, or not an entrance that "exports" declares.',
    from: { path: '/src/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'declared-dependencies',
    comment: 'What the published code loads stands under dependencies, peerDependencies or optionalDependencies.',
    from: { path: '/src/' },
    to: {
      dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
      dependencyTypesNot: ['type-only', 'pre-compilation-only', 'npm-peer', 'npm-optional'],
    },
  },
  {
    name: 'callbacks-at-the-door',
    comment: '@reloop/callback is imported from files called legacy*.ts and nowhere else.',
    from: { path: '/src/', pathNot: ['^packages/callback/', legacyFile] },
    to: { path: '^packages/callback/' },
  },
  {
    name: 'no-barrel-inside',
    comment: 'Inside a package files import each other, never the barrel src/index.ts.',
    from: { path: '^([^/]+/[^/]+)/src/' },
    to: { path: '^$1/src/index\\.ts$' },
  },
  {
    name: 'no-tests-in-sources',
    comment: 'Sources never import from a test folder.',
    from: { path: '/src/' },
    to: { path: '/test/' },
  },
].map((rule) => ({ severity: 'error', ...rule }))

function floorRule(name) {
  const others = Object.keys(floors).filter((other) => name.endsWith('/*') && other !== name && other.startsWith(name.slice(0, -1)))
  return {
    name: `floor-of-${name.replace('/*', '')}`,
    comment: `${name} may import ${floors[name].join(', ') || 'nothing of the workspace'}${typesOnly[name] ? ` (types of ${typesOnly[name].join(', ')})` : ''}.`,
    from: { path: `^(${folder(name)})/src/`, pathNot: folders(others) },
    to: { path: anyPackage, pathNot: ['^$1/', ...folders([...floors[name], ...(typesOnly[name] ?? []), ...(lazily[name] ?? [])])] },
  }
}

function typesRule(name) {
  return {
    name: `types-only-of-${name.replace('/*', '')}`,
    comment: `${name} imports ${typesOnly[name].join(', ')} with "import type" only.`,
    from: { path: `^(${folder(name)})/src/` },
    to: { path: folders(typesOnly[name]), pathNot: '^$1/', dependencyTypesNot: ['type-only', 'pre-compilation-only', 'type-import'] },
  }
}

function lazyRule(name) {
  return {
    name: `lazy-of-${name}`,
    comment: `${name} loads ${lazily[name].join(', ')} when asked for, with import() or require().`,
    from: { path: `^${folder(name)}/src/` },
    to: { path: folders(lazily[name]), dependencyTypesNot: ['type-only', 'pre-compilation-only', 'dynamic-import', 'require'] },
  }
}

function ownerRule(name) {
  const { packages, places } = owners[name]
  return {
    name: `owner-of-${name}`,
    comment: `${packages.join(', ')}: imported from ${places.join(', ')} only.`,
    from: { path: '/src/', pathNot: places.map((place) => `^${place}`) },
    to: { path: packages.flatMap((one) => [`node_modules/${one}/`, `^${one}$`]), dependencyTypesNot: ['type-only'] },
  }
}
