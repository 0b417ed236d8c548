'use strict'
const { chapter, query } = require('./ask')

const changes = chapter('changes', (ask) => {
  ask('GET', '/Sheets/checkpoint')
  ask('POST', '/Sheets', { id: 'a', text: 'one', count: 1 })
  ask('POST', '/Sheets', { id: 'b', text: 'two' })
  ask('GET', '/Sheets/changes?since=0')
  ask('GET', '/Sheets/changes')
  ask('GET', '/Sheets/changes?since=-1')
  ask('GET', `/Sheets/changes?since=0&filter=${query({ where: { id: 'a' } })}`)
  ask('POST', '/Sheets/checkpoint')
  ask('GET', '/Sheets/checkpoint')
  ask('PATCH', '/Sheets/a', { text: 'changed' })
  ask('DELETE', '/Sheets/b')
  ask('GET', '/Sheets/changes?since=2')
  ask('GET', '/Sheets/a/changes/last')
  ask('GET', '/Sheets/none/changes/last')
  ask('PUT', '/Sheets/none/changes/last', { rev: 'x' })
  ask('POST', '/Sheets/diff?since=0', [{ modelName: 'Sheet', modelId: 'z', rev: 'r1', prev: null, checkpoint: 1 }])
  ask('POST', '/Sheets/diff?since=0', [{ modelName: 'Sheet', modelId: 'a', rev: 'r1', prev: 'r0', checkpoint: 1 }])
  ask('POST', '/Sheets/diff?since=0', [])
  ask('POST', '/Sheets/create-updates', [{ modelName: 'Sheet', modelId: 'a', rev: 'r1', prev: null }])
  ask('POST', '/Sheets/bulk-update', {
    updates: [{ type: 'create', change: { modelName: 'Sheet', modelId: 'c', rev: 'r1' }, data: { id: 'c', text: 'by bulk' } }],
  })
  ask('GET', '/Sheets/c')
  ask('POST', '/Sheets/bulk-update', {
    updates: [
      { type: 'update', change: { modelName: 'Sheet', modelId: 'c', rev: 'r2', prev: 'wrong' }, data: { id: 'c', text: 'conflict' } },
    ],
  })
  ask('POST', '/Sheets/rectify-all')
  ask('POST', '/Sheets/a/rectify-change')
  ask('GET', '/Sheet-changes')
  ask('GET', '/Sheet-changes/count')
  ask('GET', '/Mirrors/checkpoint')
  ask('GET', '/Mirrors/changes?since=0')
  ask('POST', '/Mirrors/diff?since=0', [])
  ask('GET', '/Books/checkpoint')
  ask('GET', '/Books/changes')
})

exports.chapters = [changes]
