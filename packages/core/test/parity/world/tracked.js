'use strict'

/** Models whose changes are kept. Ids are given by who creates, so that revisions are the same everywhere. */
exports.tracked = function tracked({ add }) {
  add({
    name: 'Sheet',
    trackChanges: true,
    changeCleanupInterval: -1,
    properties: { id: { type: 'string', id: true }, text: 'string', count: 'number' },
  })
  add({ name: 'Mirror', enableRemoteReplication: true, properties: { id: { type: 'string', id: true }, text: 'string' } }, {})
}
