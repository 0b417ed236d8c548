import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aliases, generate, versionFor } from '../generate.mjs'

const home = mkdtempSync(join(tmpdir(), 'reloop-aliases-test-'))
const written = generate(home)
afterAll(() => rmSync(home, { recursive: true, force: true }))

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

describe('alias packages', () => {
  it('are one per ancestor and major, published as @reloop/<ancestor> with that major', () => {
    expect(written).toHaveLength(aliases.length)
    for (const { alias, folder } of written) {
      const { name, version } = manifestOf(folder)
      expect(`${name}@${version.split('.')[0]}`).toBe(`@reloop/${alias.title}`)
    }
  })

  it('have a version that every range written for that line of the ancestor accepts', () => {
    expect(versionFor('2', '0.1.3')).toBe('2.1001.3')
    expect(versionFor('3', '1.4.0')).toBe('3.2004.0')
  })

  it('depend on the package they stand for at the version of this workspace', () => {
    for (const { alias, folder } of written)
      expect(manifestOf(folder).dependencies).toHaveProperty([alias.ours], expect.stringMatching(/^\^\d/))
  })

  it('publish every file that they have', () => {
    for (const { alias, folder } of written) {
      const { files, main, types } = manifestOf(folder)
      const deep = Object.keys(alias.deep ?? {}).map((path) => `${path}.js`)
      for (const file of [main, types, ...deep]) expect(existsSync(join(folder, file))).toBe(true)
      for (const path of deep) expect(files).toContain(path.split('/')[0])
    }
  })

  it('announce the profile of their major, unless that major served more than one line', () => {
    const text = (title: string) => readFileSync(join(written.find(({ alias }) => alias.title === title)!.folder, 'index.js'), 'utf8')
    expect(text('loopback@2')).toContain(`announceAlias({ name: 'loopback', major: 2, profile: '2.x' })`)
    expect(text('loopback-datasource-juggler@4')).toContain(`profile: '3.x'`)
    expect(text('loopback-boot@2')).not.toContain('announceAlias')
  })
})
