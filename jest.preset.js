/** Transforms TypeScript with swc and resolves workspace packages to their sources, so that no build precedes a test. */
const esmOnly = [
  'cookie',
  'content-disposition',
  '@apidevtools[/+][^/]+',
  'node-fetch',
  'data-uri-to-buffer',
  'fetch-blob',
  'formdata-polyfill',
  'jose',
  // Of loopback-connector 7 and its children.
  'chalk',
  'uuid',
]

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironmentOptions: { customExportConditions: ['@reloop/source', 'node', 'node-addons'] },
  transform: {
    '\\.(m?js|ts)$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(.pnpm/)?(${esmOnly.join('|')})[@/])`],
}
