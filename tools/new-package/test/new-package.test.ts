import { filesFor, packageName } from '../files.mjs'

describe('new-package', () => {
  it('names a package after its folder', () => {
    expect(packageName('packages/phase')).toBe('@reloop/phase')
    expect(packageName('connectors/kv-redis')).toBe('@reloop/connector-kv-redis')
    expect(packageName('components/storage')).toBe('@reloop/component-storage')
  })

  it('knows no other places', () => {
    expect(packageName('tools/thing')).toBeUndefined()
    expect(packageName('packages/Thing')).toBeUndefined()
  })

  it('writes everything that the house expects of a package', () => {
    const files = filesFor('packages/rate-limit', 'Limits calls per client')
    expect(Object.keys(files)).toEqual([
      'packages/rate-limit/package.json',
      'packages/rate-limit/tsconfig.json',
      'packages/rate-limit/tsconfig.build.json',
      'packages/rate-limit/src/index.ts',
      'packages/rate-limit/src/rate-limit.ts',
      'packages/rate-limit/test/exports.test.ts',
      'packages/rate-limit/README.md',
      '.changeset/rate-limit.md',
    ])
    expect(Object.keys(JSON.parse(files['packages/rate-limit/package.json']!).exports['.'])).toEqual(['@reloop/source', 'types', 'default'])
    expect(files['packages/rate-limit/README.md']).toContain(`const { rateLimit } = require('@reloop/rate-limit')`)
  })
})
