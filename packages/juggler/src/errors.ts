import { defineErrors } from '@reloop/errors'

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

/** As `shown`, with texts in quotes: where a value stands that may be of any kind. */
const quoted = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(shown(value)) : shown(value))

/** Errors of models, operations, filters and relations. Texts of LoopBack are kept where it has one. */
export const errors = defineErrors({
  // definition
  MODEL_NAME_REQUIRED: { message: 'Class name required' },
  MODEL_NOT_DEFINED: { message: (p: { model: string }) => `Model ${p.model} is not defined.` },
  MODEL_BASE_NOT_FOUND: { message: (p: { base: string }) => `Base model is not found: ${p.base}` },
  MODEL_NOT_ATTACHED: {
    message: (p: { model: string; method: string }) =>
      `Cannot call ${p.model}.${p.method}(). The ${p.method} method has not been setup. The model has not been correctly attached to a DataSource!`,
    hint: (p: { model: string }) => `Attach it: ${p.model}.attachTo(dataSource)`,
  },
  PROPERTY_NAME_INVALID: {
    message: (p: { model: string; property: string }) => `Property name "${p.property}" of ${p.model} must not contain a dot.`,
  },
  PROPERTY_TYPE_INVALID: {
    message: (p: { model: string; property: string; problem: string }) => `Property ${p.model}.${p.property}: ${p.problem}`,
  },
  MIXIN_NOT_FOUND: { message: (p: { model: string; mixin: string }) => `Model "${p.model}" uses unknown mixin: ${p.mixin}` },
  PROPERTY_UNKNOWN: { status: 400, message: (p: { property: string }) => `Unknown property: ${p.property}` },
  DATE_INVALID: { status: 400, message: (p: { value: unknown }) => `Invalid date: ${shown(p.value)}` },
  LIST_INVALID: { status: 400, message: (p: { value: unknown }) => `Items must be an array: ${quoted(p.value)}` },
  LIST_TEXT_INVALID: { status: 400, message: (p: { value: string }) => `could not create List from JSON string: ${quoted(p.value)}` },

  // filters
  FILTER_INVALID: { status: 400, message: (p: { value: unknown }) => `The query filter ${quoted(p.value)} is not an object` },
  LIMIT_INVALID: { status: 400, message: (p: { value: unknown }) => `The limit parameter ${quoted(p.value)} is not valid` },
  SKIP_INVALID: { status: 400, message: (p: { value: unknown }) => `The offset/skip parameter ${quoted(p.value)} is not valid` },
  ORDER_INVALID: { status: 400, message: (p: { value: unknown }) => `The order ${quoted(p.value)} is not valid` },
  ORDER_DIRECTION_INVALID: { status: 400, message: (p: { value: unknown }) => `The order ${quoted(p.value)} has invalid direction` },
  ORDER_ACROSS_UNSUPPORTED: {
    status: 501,
    message: (p: { order: string; connector: string }) =>
      `The order ${p.order} is by a property of a related model, which connector ${p.connector} does not support`,
  },
  ORDER_TOO_LARGE: {
    status: 413,
    message: (p: { limit: number }) => `The order by a related model sorts more than ${p.limit} rows (limits.include.rows).`,
  },
  RELATED_UNSUPPORTED: {
    status: 501,
    message: (p: { relation: string; connector: string }) =>
      `Conditions on relation ${p.relation} inside those of another are not supported by connector ${p.connector}`,
  },
  FIELDS_INVALID: { status: 400, message: (p: { value: unknown }) => `The fields ${quoted(p.value)} are not valid` },
  WHERE_INVALID: { status: 400, message: (p: { value: unknown }) => `The where clause ${quoted(p.value)} is not an object` },
  LOGIC_INVALID: {
    status: 400,
    message: (p: { operator: string; value: unknown; problem: string }) =>
      `The ${p.operator} operator has invalid clauses ${quoted(p.value)}: ${p.problem}`,
  },
  CLAUSE_INVALID: {
    status: 400,
    message: (p: { property: string; value: unknown; problem: string }) =>
      `The ${p.property} property has invalid clause ${quoted(p.value)}: ${p.problem}`,
  },
  OPERATOR_NOT_ALLOWED_IN_QUERY: {
    status: 400,
    message: (p: { property: string; operator: string }) =>
      `The ${p.property} property has the operator ${shown(p.operator)}, which is not allowed`,
  },
  REGEXP_INVALID: { status: 400, message: (p: { problem: string }) => p.problem },
  QUERY_PROPERTY_UNKNOWN: {
    status: 400,
    message: (p: { model: string; property: string; where: string }) => `${p.model} has no property ${shown(p.property)} (in ${p.where})`,
  },
  QUERY_UNDEFINED: { status: 400, message: 'Unexpected `undefined` in query' },
  QUERY_OBJECT_TOO_DEEP: {
    status: 400,
    message: (p: { limit: number }) => `The query object is deeper than ${p.limit} levels (limits.filter.depth).`,
  },
  QUERY_OBJECT_TOO_LARGE: {
    status: 400,
    message: (p: { limit: number }) => `The filter has more than ${p.limit} conditions (limits.filter.nodes).`,
  },
  QUERY_LIST_TOO_LONG: {
    status: 400,
    message: (p: { property: string; limit: number }) =>
      `The ${p.property} property has a list of more than ${p.limit} values (limits.filter.list).`,
  },
  QUERY_STRING_TOO_LONG: {
    status: 400,
    message: (p: { property: string; limit: number; setting: string }) =>
      `The ${p.property} property has a text longer than ${p.limit} (${p.setting}).`,
  },
  PAGE_TOO_LARGE: { status: 400, message: (p: { limit: number }) => `The limit parameter is over ${p.limit} (limits.page).` },
  CURSOR_INVALID: { status: 400, message: 'The cursor is not valid: it was made for another query, or was changed' },
  CURSOR_AMBIGUOUS: { status: 400, message: 'A page has either an after or a before cursor, not both' },
  CURSOR_UNSUPPORTED: {
    status: 400,
    message: (p: { model: string; problem: string }) => `Pages of ${p.model} can not be walked by cursors: ${p.problem}`,
  },
  AGGREGATE_INVALID: {
    status: 400,
    message: (p: { part: string; value: unknown; problem: string }) =>
      `The ${p.part} of the aggregate is not valid: ${quoted(p.value)}: ${p.problem}`,
  },
  AGGREGATE_TOO_LARGE: {
    status: 413,
    message: (p: { limit: number }) => `The aggregate has more than ${p.limit} groups (limits.include.rows).`,
  },
  WHERE_UNDEFINED: {
    status: 400,
    message: (p: { model: string; method: string }) =>
      `The where of ${p.model}.${p.method} has no defined value: it would reach every row.`,
    hint: 'Give a value, or call the method without a where when every row is meant.',
  },

  // include
  INCLUDE_UNKNOWN: {
    status: 400,
    message: (p: { relation: string; model: string }) => `Relation "${p.relation}" is not defined for ${p.model} model`,
  },
  INCLUDE_TOO_DEEP: {
    status: 400,
    message: (p: { limit: number }) => `The include is deeper than ${p.limit} levels (limits.include.depth).`,
  },
  INCLUDE_TOO_LARGE: {
    status: 413,
    message: (p: { limit: number }) => `The include loads more than ${p.limit} rows (limits.include.rows).`,
  },
  DISCRIMINATOR_UNKNOWN: { message: (p: { type: string }) => `Discriminator type ${p.type} specified but no model exists with such name` },

  // operations
  PRIMARY_KEY_MISSING: { name: 'PKMissingError', message: (p: { model: string }) => `Primary key is missing for the ${p.model} model` },
  ID_REQUIRED: { status: 400, message: (p: { model: string; method: string }) => `${p.model}::${p.method} requires the id argument` },
  ID_INVALID: { status: 400, message: (p: { model: string; value: unknown }) => `${shown(p.value)} is not a valid id of ${p.model}` },
  ID_CHANGED: {
    status: 400,
    message: (p: { property: string; from: unknown; to: unknown }) =>
      `id property (${p.property}) cannot be updated from ${shown(p.from)} to ${shown(p.to)}`,
  },
  ARGUMENT_INVALID: { message: (p: { argument: string; expected: string }) => `The ${p.argument} argument must be ${p.expected}` },
  DATA_EMPTY: { status: 400, message: 'data object cannot be empty!' },
  UPSERT_AMBIGUOUS: { status: 400, message: 'There are multiple instances found.Upsert Operation will not be performed!' },
  NOT_FOUND: { status: 404, message: (p: { model: string; id: unknown }) => `No instance with id ${shown(p.id)} found for ${p.model}` },
  UPDATE_MISSING: {
    status: 404,
    message: (p: { id: unknown }) => `Could not update attributes. Object with id ${shown(p.id)} does not exist!`,
  },
  REPLACE_MISSING: { status: 404, message: (p: { id: unknown }) => `Could not replace. Object with id ${shown(p.id)} does not exist!` },
  VALUE_INVALID: {
    status: 422,
    message: (p: { model: string; property: string; value: unknown; expected: string }) =>
      `${p.model}.${p.property} ${p.expected} (value: ${shown(p.value)})`,
  },
  CHANGE_INVALID: {
    status: 400,
    message: (p: { operator: string; property: string; problem: string }) =>
      `The ${shown(p.operator)} of property ${shown(p.property)} is not valid: ${p.problem}`,
  },
  CHANGE_NOT_ALLOWED: {
    status: 400,
    message: (p: { operator: string; property: string }) => `${shown(p.operator)} is not allowed on property ${shown(p.property)}`,
    hint: 'Name the operator under "operators" of the property.',
  },
  CHANGE_CONFLICT: { status: 409, message: (p: { model: string }) => `A row of ${p.model} was changed by others again and again.` },
  AUTHORIZATION_REQUIRED: { status: 401, message: 'Authorization Required' },
  VALIDATOR_INVALID: {
    message: (p: { model: string; property: string; problem: string }) => `Validation of ${p.model}.${p.property}: ${p.problem}`,
  },

  // relations and scopes
  RELATION_TYPE_INVALID: { message: (p: { type: string }) => `Invalid relation type: ${p.type}` },
  RELATION_NAME_INVALID: { message: (p: { name: string }) => `Invalid relation name: ${p.name}` },
  RELATION_TARGET_UNKNOWN: { message: (p: { target: string; model: string }) => `Could not find "${p.target}" relation for ${p.model}` },
  POLYMORPHIC_MODEL_MISSING: {
    message: (p: { type: string; relation: string }) => `No model specified for polymorphic ${p.type}: ${p.relation}`,
  },
  POLYMORPHIC_NOT_FOUND: { message: (p: { type: string }) => `Polymorphic model not found: \`${p.type}\`` },
  POLYMORPHIC_NOT_SET: { message: (p: { discriminator: string }) => `Polymorphic model not found: \`${p.discriminator}\` not set` },
  KEY_MISMATCH: { status: 400, message: (p: { text: string }) => `Key mismatch: ${p.text}` },
  FOREIGN_KEY_FIXED: {
    status: 400,
    message: (p: { key: string; from: unknown; to: unknown }) =>
      `Cannot override foreign key ${p.key} from ${shown(p.from)} to ${shown(p.to)}`,
  },
  RELATION_EMPTY: { message: (p: { type: string; relation: string }) => `${p.type} relation ${p.relation} is empty` },
  HAS_ONE_EXISTS: { message: (p: { model: string }) => `HasOne relation cannot create more than one instance of ${p.model}` },
  LINK_NOT_FOUND: { status: 404, message: (p: { text: string }) => `No relation found in ${p.text}` },
  RELATION_UNSUPPORTED: { message: (p: { relation: string; problem: string }) => `Relation ${p.relation}: ${p.problem}` },
  NESTED_INVALID: {
    status: 400,
    message: (p: { relation: string; problem: string }) => `The data of relation ${p.relation} is not valid: ${p.problem}`,
  },
  REFERENCE_INVALID: { message: (p: { reference: string }) => `Invalid reference: ${p.reference}` },
  SCOPE_TARGET_INVALID: { message: (p: { scope: string }) => `Invalid target model for scope \`${p.scope}\`.` },

  // data sources
  CONNECTOR_REQUIRED: {
    message: (p: { dataSource: string }) => `Data source ${p.dataSource} has no connector`,
    hint: 'Set "connector" to the name of one, e.g. "memory".',
  },
  CONNECTOR_NOT_FOUND: {
    message: (p: { connector: string; tried: readonly string[] }) =>
      `WARNING: connector "${p.connector}" is not installed: tried ${p.tried.join(', ')}`,
    hint: (p: { connector: string }) => `Run: npm install @reloop/connector-${p.connector}`,
  },
  CONNECTOR_NOT_DEFINED: { message: 'Connector is not defined correctly: it should create `connector` member of dataSource' },
  DATA_SOURCE_SETTINGS_INVALID: {
    message: (p: { dataSource: string; problem: string }) => `Settings of data source ${p.dataSource} are not valid: ${p.problem}`,
  },
  CONNECT_TIMEOUT: { status: 503, message: (p: { milliseconds: number }) => `Timeout in connecting after ${p.milliseconds} ms` },
  QUEUE_FULL: {
    status: 503,
    message: (p: { dataSource: string; limit: number }) =>
      `More than ${p.limit} operations wait for data source ${p.dataSource} to connect (limits.queue).`,
  },
  NOT_CONNECTED: { message: 'Not connected' },
  NOT_IMPLEMENTED: {
    status: 501,
    message: (p: { method: string; connector: string }) => `The connector ${p.connector} does not implement ${p.method}`,
  },
  MIGRATE_UNKNOWN: {
    message: (p: { models: readonly string[] }) => `Cannot migrate models not attached to this datasource: ${p.models.join(' ')}`,
  },
  OPERATION_UNKNOWN: { message: (p: { name: string }) => `${p.name} is not provided by the attached connector` },
  ISOLATION_INVALID: { status: 400, message: 'Invalid isolationLevel' },
  TRANSACTION_NOT_ACTIVE: { message: (p: { id: string }) => `The transaction is not active: ${p.id}` },
  TRANSACTION_NESTING: { message: (p: { dataSource: string }) => `Nesting transactions is not supported by data source ${p.dataSource}` },
  DISCOVERY_TABLE_MISSING: { status: 404, message: (p: { table: string }) => `Table '${p.table}' does not exist.` },
  KEY_INVALID: { status: 400, message: 'key must be a non-empty string' },
  KEY_VALUE_INVALID: { status: 400, message: 'value must be defined and not null' },
  TTL_INVALID: { status: 400, message: (p: { expected: string }) => `options.ttl must be ${p.expected}` },
  TRANSACTION_UNSUPPORTED: { message: (p: { dataSource: string }) => `DataSource ${p.dataSource} does not support transactions` },
})
