import { defineSchema } from '@reloop/schema'

const texts = { type: 'array', items: { type: 'string' } }
const textOrTexts = { anyOf: [{ type: 'string' }, texts] }
const objects = { type: 'object', additionalProperties: { type: 'object' } }
/** Records by name; LoopBack 2's generator wrote an empty list where it had none. */
const objectsOrNone = { anyOf: [objects, { type: 'array', maxItems: 0 }] }

/** A value of which only forbidden keys are looked at. */
export const anything = defineSchema({})

/** config.json: keys of the application's own are welcome. */
export const configSchema = defineSchema({
  type: 'object',
  properties: {
    port: { type: ['integer', 'string'] },
    host: { type: 'string' },
    url: { type: 'string' },
    restApiRoot: { type: 'string' },
    remoting: { type: 'object' },
    limits: { type: 'object' },
    compat: { enum: ['modern', '3.x', '2.x'] },
    legacyExplorer: { type: 'boolean' },
    aclErrorStatus: { enum: [401, 403, 404] },
  },
})

/** datasources.json: settings beside these are the connector's, which checks them itself. */
export const dataSourcesSchema = defineSchema({
  type: 'object',
  additionalProperties: {
    type: ['object', 'null', 'boolean'],
    properties: {
      name: { type: 'string' },
      connector: { anyOf: [{ type: ['string', 'object'] }, { typeof: 'function' }] },
      url: { type: 'string' },
      connectionTimeout: { type: 'integer' },
    },
  },
})

const acl = {
  type: 'object',
  properties: {
    model: { type: 'string' },
    property: textOrTexts,
    accessType: { type: 'string' },
    principalType: { type: 'string' },
    principalId: { type: ['string', 'number'] },
    permission: { type: 'string' },
    description: { type: 'string' },
    where: { type: 'object' },
    fields: texts,
  },
  additionalProperties: false,
}

/** What model-config.json says of one model. Keys with `$` are notes of tools. */
const modelConfig = {
  type: 'object',
  properties: {
    dataSource: { type: ['string', 'null', 'boolean'] },
    public: { type: 'boolean' },
    options: { type: 'object' },
    acls: { type: 'array', items: acl },
    relations: objects,
    methods: objectsOrNone,
    // Of LoopBack 1, which gets an answer of its own.
    properties: {},
    base: {},
    plural: {},
  },
  patternProperties: { '^\\$': {} },
  additionalProperties: false,
}

/** model-config.json. */
export const modelConfigSchema = defineSchema({
  type: 'object',
  properties: {
    _meta: {
      type: 'object',
      properties: { sources: texts, mixins: texts },
      additionalProperties: false,
    },
  },
  additionalProperties: modelConfig,
})

const middlewareEntry = {
  type: 'object',
  properties: {
    enabled: { type: 'boolean' },
    name: { type: 'string' },
    params: {},
    paths: {},
    methods: textOrTexts,
    verbs: textOrTexts,
    optional: { type: 'boolean' },
  },
  additionalProperties: false,
}

/** middleware.json. */
export const middlewareSchema = defineSchema({
  type: 'object',
  additionalProperties: {
    type: ['object', 'null'],
    additionalProperties: { anyOf: [middlewareEntry, { type: 'array', items: middlewareEntry }] },
  },
})

/** component-config.json: the components know their options. */
export const componentsSchema = defineSchema({
  type: 'object',
  additionalProperties: { type: ['object', 'array', 'string', 'number', 'boolean', 'null'] },
})

/** A model definition; most of its settings are those of connectors, mixins and the application. */
export const definitionSchema = defineSchema({
  type: 'object',
  properties: {
    name: { type: 'string' },
    base: { type: 'string' },
    properties: { type: 'object' },
    relations: objects,
    acls: { type: 'array', items: acl },
    methods: objectsOrNone,
    mixins: { type: 'object' },
    options: { type: 'object' },
    hidden: texts,
    protected: texts,
    validations: { type: 'array' },
    scopes: { type: 'object' },
    indexes: { type: 'object' },
    http: { type: 'object' },
    plural: { type: 'string' },
    public: { type: 'boolean' },
  },
})

/** Keys of a model definition, for telling a mistyped one from one of the application's own. */
export const definitionKeys: readonly string[] = Object.freeze([
  'name',
  'base',
  'super',
  'description',
  'plural',
  'http',
  'properties',
  'relations',
  'relationships',
  'acls',
  'methods',
  'mixins',
  'options',
  'settings',
  'public',
  'strict',
  'idInjection',
  'forceId',
  'resourceName',
  'hidden',
  'hiddenProperties',
  'protected',
  'protectedProperties',
  'validations',
  'scope',
  'scopes',
  'attributes',
  'indexes',
  'foreignKeys',
  'automaticValidation',
  'validateUpsert',
  'validateUpdate',
  'updateOnLoad',
  'applyDefaultsOnReads',
  'persistUndefinedAsNull',
  'normalizeUndefinedInQuery',
  'strictDelete',
  'maxDepthOfQuery',
  'maxDepthOfData',
  'allowExtendedOperators',
  'strictObjectIDCoercion',
  'disableDefaultSort',
  'defaultIdSort',
  'excludeBaseProperties',
  'configureModelMerge',
  'trackChanges',
  'enableRemoteReplication',
  'changeCleanupInterval',
  'replaceOnPUT',
  'remoting',
  'limits',
  'ttl',
  'maxTTL',
  'realmRequired',
  'realmDelimiter',
  'emailVerificationRequired',
  'saltWorkFactor',
  'caseSensitiveEmail',
  'injectOptionsFromRemoteContext',
  'ownerRelations',
  'memory',
  'mysql',
  'mssql',
  'postgresql',
  'oracle',
  'sqlite',
  'sqlite3',
  'mongodb',
  'redis',
  'rest',
  'soap',
  'db2',
  'cassandra',
  'cloudant',
  'couchdb',
  'informix',
  'dashdb',
  'elasticsearch',
  'model',
  'models',
  'readonly',
  'version',
  'title',
  'type',
  'tags',
  'meta',
  'comment',
])
