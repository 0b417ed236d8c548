const rule = (principalId: string, permission: string, more: object = {}) => ({ principalType: 'ROLE', principalId, permission, ...more })
export const deny = (role: string, more?: object) => rule(role, 'DENY', more)
export const allow = (role: string, more?: object) => rule(role, 'ALLOW', more)

/** The models: people and sessions, notes that belong to somebody and lead to closed logs, members of projects, folders of tenants, tracked documents. */
export const models: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[] = [
  {
    name: 'Note',
    properties: {
      title: { type: 'string', required: true },
      secret: 'string',
      pin: 'string',
      grade: 'number',
      stars: 'number',
      slug: { type: 'string', index: { unique: true } },
      published: 'boolean',
    },
    hidden: ['secret'],
    protected: ['pin'],
    acls: [
      deny('$everyone'),
      allow('$owner'),
      allow('$everyone', { accessType: 'READ', where: { published: true } }),
      allow('admin'),
      allow('admin', { fields: ['grade'] }),
    ],
    relations: {
      owner: { type: 'belongsTo', model: 'Person', foreignKey: 'ownerId' },
      log: { type: 'belongsTo', model: 'Log', foreignKey: 'logId' },
      comments: { type: 'hasMany', model: 'Comment', foreignKey: 'noteId' },
    },
  },
  {
    name: 'Comment',
    properties: { text: 'string' },
    acls: [deny('$everyone'), allow('$authenticated', { accessType: 'READ' }), allow('admin')],
    relations: { note: { type: 'belongsTo', model: 'Note', foreignKey: 'noteId' } },
  },
  { name: 'Log', properties: { text: 'string' }, acls: [deny('$everyone'), allow('admin')] },
  {
    name: 'Project',
    properties: { name: 'string', userId: 'number' },
    acls: [deny('$everyone'), allow('$owner'), allow('admin')],
    relations: {
      members: { type: 'hasMany', model: 'Person', through: 'Membership', foreignKey: 'projectId', keyThrough: 'personId' },
      tags: { type: 'hasAndBelongsToMany', model: 'Tag', through: 'Membership', foreignKey: 'projectId', keyThrough: 'tagId' },
    },
  },
  { name: 'Tag', properties: { name: 'string' }, acls: [deny('$everyone'), allow('admin')] },
  {
    name: 'Membership',
    properties: { role: 'string', projectId: 'number', personId: 'number', tagId: 'number' },
    acls: [deny('$everyone'), allow('admin')],
  },
  {
    name: 'Folder',
    properties: { name: 'string', tenantId: 'string' },
    tenant: 'tenantId',
    relations: { files: { type: 'hasMany', model: 'File' } },
  },
  {
    name: 'File',
    properties: { name: 'string', tenantId: { type: 'string', tenant: true } },
    relations: { folder: { type: 'belongsTo', model: 'Folder' } },
  },
  {
    name: 'Doc',
    properties: { id: { type: 'string', id: true }, title: 'string', userId: 'number', secret: 'string', grade: 'number' },
    hidden: ['secret'],
    trackChanges: true,
    changeCleanupInterval: -1,
    acls: [
      deny('$everyone'),
      allow('$owner'),
      allow('reader', { accessType: 'READ' }),
      allow('admin'),
      allow('admin', { fields: ['grade'] }),
    ],
  },
  { name: 'Broken', properties: {}, acls: [] },
]
