/**
 * The floors of the house: what each package's sources may import from the workspace. A name stands for `packages/<name>`,
 * a name with a slash for that folder. Everything that is not listed here is forbidden.
 */
const ground = ['errors', 'phase', 'callback', 'compat', 'schema']
const models = [...ground, 'connector']
const web = [...models, 'juggler', 'remoting']

export const floors = {
  errors: [],
  phase: [],
  callback: [],
  compat: [],
  schema: ['errors'],
  connector: ground,
  juggler: models,
  remoting: models,
  core: web,
  openapi: ['errors'],
  boot: models,
  express: models,
  reloop: [...web, 'core', 'openapi', 'boot', 'connectors/memory'],
  cli: [...web, 'core', 'openapi', 'boot'],
  'components/*': [...models, 'openapi'],
  'connectors/sql': models,
  'connectors/memory': models,
  'connectors/mongodb': models,
  'connectors/remote': [...models, 'remoting'],
  'connectors/*': [...models, 'connectors/sql'],
  'sdks/*': [],
}

/** What may be imported beyond that as types only. */
export const typesOnly = {
  openapi: ['remoting'],
  boot: ['core', 'juggler', 'remoting'],
  express: ['core'],
  'components/*': ['core', 'juggler', 'remoting'],
}

/** Loaded by name when asked for, never by a static import. */
export const lazily = { juggler: ['connectors/memory'], reloop: ['express'] }

/** Packages of others that one place alone may import. */
export const owners = {
  schema: { packages: ['ajv', 'ajv-formats'], places: ['packages/schema/'] },
  http: { packages: ['fastify', '@fastify/[^/]+'], places: ['packages/remoting/', 'packages/core/', 'components/'] },
  sql: { packages: ['knex'], places: ['connectors/sql/'] },
  express: { packages: ['express'], places: ['packages/express/'] },
}
