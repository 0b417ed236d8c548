import { checkOptions } from '../../src/options/options'
import { addExplorer, notesApp } from '../app/notes'

describe('the options of the explorer', () => {
  it.each([
    [{ mountPth: '/x' }, 'mountPth is an unknown key; did you mean "mountPath"?'],
    [{ apiInfo: { titel: 'x' } }, 'apiInfo.titel is an unknown key; did you mean "title"?'],
    [{ mountPath: '/../etc' }, 'mountPath must be a string like'],
    [{ mountPath: '/' }, 'mountPath must be a string like'],
    [{ swaggerUI: 'no' }, 'swaggerUI must be boolean, not "no"'],
    [{ host: "x; script-src 'unsafe-inline'" }, 'host must be a string like'],
    [{ protocol: 'ftp' }, 'protocol must be one of "http", "https", not "ftp"'],
  ])('refuses %j', (options, message) => {
    expect(() => addExplorer(notesApp(), options as never)).toThrow(
      expect.objectContaining({
        code: 'SCHEMA_INVALID',
        message: expect.stringContaining(`The configuration of component explorer is not valid: ${message}`),
      }),
    )
  })

  it('accepts what LoopBack’s generator writes', () => {
    expect(() => checkOptions({ mountPath: '/explorer', generateOperationScopedModels: true })).not.toThrow()
    expect(checkOptions(undefined)).toEqual({})
  })

  it('refuses a folder that is not there', () => {
    expect(() => addExplorer(notesApp(), { uiDirs: ['/no/such/folder'] })).toThrow(
      expect.objectContaining({
        code: 'EXPLORER_FOLDER_MISSING',
        message: 'The folder "/no/such/folder" in uiDirs of the explorer does not exist.',
      }),
    )
  })

  it('refuses what is no application', () => {
    expect(() => addExplorer({ get() {} } as never)).toThrow(
      expect.objectContaining({ code: 'EXPLORER_APP_INVALID', message: 'The explorer needs an application with "contract".' }),
    )
  })

  it('keeps itself in the setting that LoopBack’s servers print', () => {
    const app = notesApp()
    addExplorer(app, { mountPath: 'docs/' })
    expect(app.get('loopback-component-explorer')).toEqual({ mountPath: '/docs', resourcePath: 'swagger.json' })
  })
})
