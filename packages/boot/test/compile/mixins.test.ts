import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { boot } from '../../src'
import { mixinNaming } from '../../src/compile/mixin-names'
import { project } from '../project'

const compile = (folder: string, options: object = {}) => boot.compile({ appRootDir: folder, env: 'test', ...options })
const names = (folder: string, options: object = {}) => compile(folder, options).mixins.map(({ name }) => name)

const script = 'module.exports = function (Model, options) {}'

describe('mixins', () => {
  it('of source folders are taken when a model uses them', () => {
    const folder = project({
      'model-config.json': { Note: { dataSource: null } },
      'models/note.json': { name: 'Note', mixins: { TimeStamp: true }, options: { mixins: { SoftDelete: {} } } },
      'mixins/time-stamp.js': script,
      'mixins/soft-delete.js': script,
      'mixins/unused.js': script,
      'mixins/index.js': script,
      'mixins/_later.js': script,
    })
    expect(names(folder)).toEqual(['SoftDelete', 'TimeStamp'])
  })

  it('of other folders are all taken, and named ones too', () => {
    const folder = project({ 'all/one.js': script, 'all/two.js': script, 'single.js': script })
    expect(names(folder, { mixinDirs: ['./all'], mixins: ['./single'] })).toEqual(['Single', 'One', 'Two'])
  })

  it('of one name are taken from sources before folders before named scripts', () => {
    const folder = project({
      'models/note.json': { name: 'Note', mixins: { Same: true } },
      'mixins/same.js': script,
      'all/same.js': script,
      'same.js': script,
    })
    expect(compile(folder, { mixinDirs: ['./all'], mixins: ['./same'] }).mixins).toEqual([
      { name: 'Same', sourceFile: join(folder, 'mixins/same.js') },
    ])
  })

  it('may be named by a JSON file beside them', () => {
    const folder = project({ 'all/x.js': script, 'all/x.json': { name: 'Renamed', about: 'why' } })
    expect(compile(folder, { mixinDirs: ['./all'] }).mixins).toEqual([
      { name: 'Renamed', about: 'why', sourceFile: join(folder, 'all/x.js') },
    ])
  })

  it('may lie beside the server, within the project', () => {
    const folder = project({
      'server/model-config.json': { _meta: { sources: ['../common/models'], mixins: ['../common/mixins', './mixins'] } },
      'common/models/note.json': { name: 'Note', mixins: { Shared: true } },
      'common/mixins/shared.js': script,
    })
    expect(names(join(folder, 'server'))).toEqual(['Shared'])
  })

  it('from outside the project are refused, also by way of a link', () => {
    const outside = project({ 'mixins/evil.js': script })
    const folder = project({ 'model-config.json': { _meta: { mixins: [`../${outside.split('/').at(-1)}/mixins`] } } })
    expect(() => compile(folder)).toThrow(expect.objectContaining({ code: 'MIXIN_OUTSIDE' }))

    const linked = project({ 'x/y': '' })
    mkdirSync(join(linked, 'mixins'), { recursive: true })
    symlinkSync(join(outside, 'mixins'), join(linked, 'mixins', 'there'))
    expect(() => compile(linked, { mixinDirs: ['./mixins/there'] })).toThrow(expect.objectContaining({ code: 'MIXIN_OUTSIDE' }))
  })

  it('from anywhere are taken as LoopBack did, where its profile is asked for', () => {
    const outside = project({ 'mixins/far.js': script })
    const folder = project({ 'model-config.json': {} })
    for (const compat of ['2.x', '3.x'])
      expect(names(folder, { compat, mixinDirs: [`../${outside.split('/').at(-1)}/mixins`] })).toEqual(['Far'])
  })

  it('that are named and not there are told', () => {
    expect(() => compile(project({}), { mixins: ['./nothing'] })).toThrow(expect.objectContaining({ code: 'MODULE_MISSING' }))
  })
})

describe('names of mixins', () => {
  const files = ['time-stamps', 'time_stamps', 'Time Stamps', 'timeStamps', 'TIMEStamps', 'XMLHttp']

  it('are classified unless asked otherwise', () => {
    expect(files.map(mixinNaming())).toEqual(['TimeStamps', 'TimeStamps', 'TimeStamps', 'TimeStamps', 'Timestamps', 'Xmlhttp'])
  })

  it('may have dashes, be kept, or be made by a function', () => {
    expect(files.map(mixinNaming('dasherize'))).toEqual([
      'time-stamps',
      'time-stamps',
      'time-stamps',
      'time-stamps',
      'timestamps',
      'xmlhttp',
    ])
    expect(['a-B.js', 'dir/C_d.ts'].map(mixinNaming(false))).toEqual(['a-B', 'C_d'])
    expect(['x.js'].map(mixinNaming((name) => `my${name}`))).toEqual(['myx'])
  })

  it('are made in known ways only', () => {
    expect(() => mixinNaming('shout' as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_NORMALIZATION_FORMAT', message: 'Invalid normalization format - "shout"' }),
    )
  })
})
