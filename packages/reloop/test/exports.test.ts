import reloop = require('../src')

it('is a function with these members and no others', () => {
  expect(typeof reloop).toBe('function')
  expect(Object.keys(reloop).sort()).toEqual([
    'DataSource',
    'GeoPoint',
    'KeyValueModel',
    'Model',
    'ModelBaseClass',
    'ModelBuilder',
    'PersistedModel',
    'ValidationError',
    'boot',
    'configureModel',
    'createDataSource',
    'createModel',
    'defineModel',
    'findModel',
    'getModel',
    'getModelByType',
    'isBrowser',
    'isServer',
    'localRegistry',
    'memory',
    'modelBuilder',
    'registry',
    'remoteMethod',
    'version',
  ])
})
