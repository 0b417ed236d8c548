import { defineFlags } from '@reloop/compat'

/** What differs between the profiles where changes are tracked and told. */
export const replicationFlags = defineFlags('core/replication', {
  changesPublic: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'The change model of a public model is public too, at /<Model>-changes; otherwise it is private and its rules deny everybody.',
  },
  rectifyMethods: { modern: false, '3.x': false, '2.x': true, about: 'POST /rectify-all and /:id/rectify-change are offered.' },
  revisionHash: {
    modern: 'sha256',
    '3.x': 'sha1',
    '2.x': 'sha1',
    about: 'How revisions are hashed unless the change model’s setting hashAlgorithm says so; both sides of a replication must agree.',
  },
  changesWithoutSince: { modern: true, '3.x': false, '2.x': false, about: 'GET /changes without since gives all changes; otherwise none.' },
  hiddenInUpdates: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'POST /create-updates shows hidden properties: replicas get them, and so does whoever may call it.',
  },
  skipGoneData: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'createUpdates leaves out a record that was deleted in the meantime (its deletion is a change of its own); otherwise it fails.',
  },
  changesWritable: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'PUT /:id/changes/last sets anything; otherwise only prev, which is all that resolving a conflict needs.',
  },
  streamFilter: { modern: true, '3.x': true, '2.x': false, about: 'The options of a change stream filter its events.' },
  streamRemovals: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A filtered change stream judges whole records, also removed ones; otherwise only the values that an event has.',
  },
  bulkUpdateIsUpdate: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'An updateAll of many records is told as an update in change streams; otherwise as a creation.',
  },
})

export type ReplicationFlags = ReturnType<typeof replicationFlags.of>
