import { boot } from '../../src'
import { project } from '../project'

describe('boot scripts', () => {
  it('run named ones first, then each folder with that of its environment, without regard to case', () => {
    const folder = project({
      'boot/b.js': '',
      'boot/A.js': '',
      'boot/index.js': '',
      'boot/_later.js': '',
      'boot/notes.md': '',
      'boot/data.json': {},
      'boot/types.d.ts': '',
      'boot/test/only.js': '',
      'boot/production/not.js': '',
      'more/z.js': '',
      'named.js': '',
    })
    const { files } = boot.compile({ appRootDir: folder, env: 'test', bootDirs: ['./more'], bootScripts: ['./named', './boot/b.js'] })
    expect(files.boot.map((file) => file.slice(folder.length))).toEqual([
      '/named.js',
      '/boot/b.js',
      '/more/z.js',
      '/boot/A.js',
      '/boot/test/only.js',
    ])
  })

  it('have the extensions that are asked for', () => {
    const folder = project({ 'boot/a.js': '', 'boot/b.coffee': '' })
    const { files } = boot.compile({ appRootDir: folder, env: 'test', scriptExtensions: ['.coffee'] })
    expect(files.boot.map((file) => file.slice(folder.length))).toEqual(['/boot/b.coffee'])
  })

  it('that are named and not there are told', () => {
    expect(() => boot.compile({ appRootDir: project({}), bootScripts: ['./gone'] })).toThrow(/Boot script "\.\/gone" was not found from /)
  })
})
