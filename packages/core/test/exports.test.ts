import * as core from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(core).sort()).toEqual([
    'AccessContext',
    'AccessRequest',
    'Principal',
    'Registry',
    'accessFlags',
    'attemptsInProcess',
    'attemptsInStore',
    'context',
    'createApplication',
    'createRegistry',
    'currentContext',
    'errorHandler',
    'errors',
    'favicon',
    'flags',
    'identityFlags',
    'loadExpress',
    'makeContext',
    'rest',
    'runInContext',
    'status',
    'token',
    'urlNotFound',
  ])
})
