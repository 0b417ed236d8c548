import { defineErrors } from '@reloop/errors'

/** Errors of applications and of models over HTTP. Messages that LoopBack has are LoopBack's, word for word. */
export const errors = defineErrors({
  // models over HTTP
  MODEL_NOT_FOUND: { status: 404, message: notFound },
  KEY_NOT_FOUND: { status: 404, message: (p: { model: string }) => `Unknown "${p.model}" key "undefined".` },
  WHERE_REQUIRED: {
    status: 400,
    message: 'The where argument must be an object',
    hint: 'Name at least one condition; to change every record on purpose, call the method in JavaScript.',
  },

  // registry
  REGISTRY_MODEL_UNKNOWN: { message: (p: { model: string }) => `Model not found: ${p.model}` },
  REGISTRY_BASE_UNKNOWN: {
    message: (p: { model: string; base: string }) => `Model not found: model \`${p.model}\` is extending an unknown model \`${p.base}\`.`,
  },
  REGISTRY_TYPE_INVALID: { message: (p: { given: string }) => `The model type must be a name or a class, not ${p.given}.` },
  REGISTRY_DATASOURCE_UNKNOWN: {
    message: (p: { model: string; dataSource: string; near?: string }) =>
      `${p.model} is referencing a dataSource that does not exist: "${p.dataSource}"${p.near ? `. Did you mean "${p.near}"?` : ''}`,
    hint: (p: { model: string; dataSource: string }) => `Define it first: app.dataSource('${p.dataSource}', { connector: … })`,
  },
  REGISTRY_METHOD_STATIC: {
    message: (p: { method: string; model: string }) =>
      `Remoting metadata for ${p.model}.${p.method} is inconsistent: "isStatic" contradicts the prefix "prototype." of the name.`,
  },
  REGISTRY_EXPOSE_INVALID: {
    message: (p: { model: string; given: unknown }) =>
      `The setting "expose" of ${p.model} must be a list of method names, not ${JSON.stringify(p.given) ?? String(p.given)}.`,
    hint: 'Write expose: ["find", "findById", "prototype.__get__orders"].',
  },
  REGISTRY_RELATION_UNKNOWN: {
    message: (p: { relation: string; model: string }) => `Relation \`${p.relation}\` does not exist for model \`${p.model}\``,
  },
  REGISTRY_NESTED_METHOD: { message: (p: { method: string }) => `Invalid remote method: \`${p.method}\`` },
  REGISTRY_ACCESS_TYPE: {
    message: (p: { method: string; given: unknown }) =>
      `Access type of ${p.method} must be READ, WRITE, EXECUTE or REPLICATE, not ${String(p.given)}.`,
  },
  REGISTRY_SHARED_METHOD_INVALID: {
    message: (p: { method: string; given: string }) => `Expected boolean, got ${p.given} for the shared method "${p.method}"`,
  },

  // replication: changes, conflicts
  REPLICATION_NOT_TRACKED: {
    message: (p: { model: string }) => `${p.model} has no change model: its changes are not tracked.`,
    hint: 'Set trackChanges: true in the settings of the model.',
  },
  REPLICATION_CHANGE_MISSING: {
    status: 404,
    message: (p: { model: string; id: unknown }) => `No change record found for ${p.model} with id ${String(p.id)}`,
  },
  REPLICATION_CHANGE_FIXED: {
    status: 400,
    message: (p: { property: string }) => `Only "prev" of a change may be set by clients, not "${p.property}".`,
  },
  REPLICATION_CHANGES_INVALID: {
    status: 400,
    message: (p: { argument: string }) => `"${p.argument}" must be a list of changes, each with the "modelId" of its record.`,
  },
  REPLICATION_DATA_MISSING: { message: (p: { id: unknown }) => `Missing data for change: ${String(p.id)}` },
  REPLICATION_UPDATE_INVALID: {
    status: 400,
    message: (p: { id: unknown }) => `The data of the update of ${String(p.id)} has the id of another record.`,
  },
  REPLICATION_CONFLICT: { status: 409, message: 'Conflict' },

  // mail
  EMAIL_NOT_ATTACHED: {
    message: (p: { model: string }) => `Cannot call ${p.model}.send(). The send method has not been setup.`,
    hint: "Attach the model to a data source of the connector mail: app.model(Email, { dataSource: 'mail' })",
  },

  // application
  APP_DATASOURCE_FAILED: { message: (p: { name: string; problem: string }) => `Cannot create data source "${p.name}": ${p.problem}` },
  APP_DATASOURCE_DEFAULT_MISSING: {
    message: (p: { model: string; type: string }) => `No default data source is set for models of type "${p.type}", which ${p.model} is.`,
    hint: (p: { model: string; type: string }) => `loopback.setDefaultDataSourceForType('${p.type}', dataSource)`,
  },
  APP_MODEL_BY_NAME: {
    message: (p: { name: string }) => `app.model("${p.name}", …) does not build models: give the class.`,
    hint: (p: { name: string }) => `Write app.model(app.registry.createModel({ name: '${p.name}', … }), { dataSource: … })`,
  },
  APP_MODEL_INVALID: { message: (p: { given: string }) => `app.model needs a model class, not ${p.given}.` },
  APP_HANDLER_UNKNOWN: { message: (p: { type: string }) => `There is no handler of type "${p.type}": expected "rest" or "jsonrpc".` },
  APP_REQUEST_TIMEOUT: {
    status: 503,
    message: (p: { limit: number }) => `The request was not answered within ${p.limit} ms (limits.time.request).`,
  },
  APP_ROUTE_LATE: {
    message: (p: { verb: string; path: string }) => `The route ${p.verb} ${p.path} comes too late: the application has started.`,
    hint: 'Add routes before app.start() or app.listen(), or install @reloop/express; methods of models may come at any time.',
  },

  // middleware
  APP_EXPRESS_MISSING: {
    message: (p: { name: string }) => `${p.name} needs Express, and the package @reloop/express is not installed.`,
    hint: 'npm install @reloop/express',
  },
  APP_PHASE_UNKNOWN: { message: (p: { phase: string }) => `Unknown middleware phase ${p.phase}` },
  APP_PHASE_INVALID: { message: (p: { given: string }) => `A phase must be a name, not ${p.given || 'an empty text'}.` },
  APP_MIDDLEWARE_INVALID: { message: (p: { where: string; given: string }) => `${p.where} needs a handler function, not ${p.given}.` },
  APP_MIDDLEWARE_REMOVED: {
    message: (p: { name: string; instead: string }) => `${p.name} is not part of LoopBack 3 any more: use ${p.instead}.`,
  },
  APP_PORT_IN_USE: {
    message: (p: { port: number; host: string }) => `Port ${p.port} of ${p.host} is in use by another process.`,
    hint: 'Choose a free one: set PORT, or "port" in config.json.',
  },
  APP_PORT_FORBIDDEN: {
    message: (p: { port: number }) => `This process may not listen on port ${p.port}.`,
    hint: 'Choose a port above 1023: set PORT, or "port" in config.json.',
  },
  APP_PEER_MISSING: {
    message: (p: { name: string }) => `The package ${p.name} is needed for this and is not installed.`,
    hint: (p: { name: string }) => `npm install ${p.name}`,
  },
  APP_OVERLOADED: {
    status: 503,
    message: 'The server has more work than it can do.',
    hint: (p: { retryAfter: number }) => `Try again in ${p.retryAfter} seconds.`,
  },
  APP_NO_BOOT: { message: '`app.boot` was removed, use boot(app, __dirname) of @reloop/boot instead.' },
  // who may call (identity and access)
  AUTHORIZATION_REQUIRED: { status: 401, message: 'Authorization Required' },
  ACCESS_DENIED: { status: 403, message: 'Access Denied' },
  ACCESS_PLACEHOLDER_UNKNOWN: {
    message: (p: { name: string }) => `An access rule names the value "${p.name}", which is not known.`,
    hint: 'Known are $userId, $principalType, $appId, $tenant, $now and $user.<property>; write $$ for a text that begins with $.',
  },
  ACCESS_MODEL_MISSING: { message: (p: { model: string }) => `app.enableAuth needs the model ${p.model}, which is not defined.` },
  ACCESS_TENANT_INVALID: { message: (p: { given: string }) => `app.tenant needs a function (ctx) => value, not ${p.given}.` },

  // identity
  LOGIN_FAILED: { status: 401, message: 'login failed' },
  LOGIN_FAILED_EMAIL_NOT_VERIFIED: { status: 401, message: 'login failed as the email has not been verified' },
  LOGIN_TOO_MANY_ATTEMPTS: {
    status: 429,
    message: 'Too many attempts.',
    hint: (p: { seconds: number }) => `Try again in ${p.seconds} seconds.`,
  },
  USERNAME_EMAIL_REQUIRED: { status: 400, message: 'username or email is required' },
  REALM_REQUIRED: { status: 400, message: 'realm is required' },
  INVALID_REALM: { status: 400, message: 'Invalid realm' },
  INVALID_EMAIL: { status: 400, message: 'Invalid email' },
  INVALID_USERNAME: { status: 400, message: 'Invalid username' },
  INVALID_TTL: { status: 400, message: 'Invalid ttl: expected a number of seconds.' },
  INVALID_TOKEN: {
    status: 401,
    message: (p: { readonly token?: string }) => (p.token === undefined ? 'Invalid Access Token' : `Invalid token: ${p.token}`),
  },
  TOKEN_MALFORMED: {
    message: (p: { problem: string }) => `An access token in the store is not valid: ${p.problem}.`,
  },
  REFRESH_TOKEN_REFUSED: { status: 401, message: 'The refresh token is not valid.', hint: 'Log in again.' },
  JWT_SETTINGS_INVALID: {
    message: (p: { problem: string }) => `The setting "jwt" of the token model is not valid: ${p.problem}.`,
  },
  LOGOUT_TOKEN_REQUIRED: { status: 401, message: 'accessToken is required to logout' },
  LOGOUT_TOKEN_UNKNOWN: { status: 401, message: 'Could not find accessToken' },
  USER_NOT_FOUND: {
    status: 404,
    message: (p: { readonly id: unknown } | { readonly caller: unknown }) =>
      'id' in p ? `User not found: ${String(p.id)}` : `User ${String(p.caller)} not found`,
  },
  INVALID_PASSWORD: { status: 422, message: (p: { readonly text: string }) => p.text },
  PASSWORD_TOO_LONG: { status: 422, message: (p: { readonly text: string }) => p.text },
  PASSWORD_TOO_SHORT: { status: 422, message: (p: { min: number }) => `The password must have at least ${p.min} bytes.` },
  PASSWORD_CHANGE_NOT_ALLOWED: {
    status: 401,
    message: 'Changing user password via patch/replace API is not allowed. Use changePassword() or setPassword() instead.',
  },
  USER_PROPERTY_FIXED: {
    status: 403,
    message: (p: { property: string }) => `The property "${p.property}" cannot be changed this way.`,
  },
  EMAIL_REQUIRED: { status: 400, message: 'Email is required' },
  EMAIL_NOT_FOUND: { status: 404, message: 'Email not found' },
  RESET_FAILED_EMAIL_NOT_VERIFIED: { status: 401, message: 'Email has not been verified' },
  VERIFY_OPTIONS_INVALID: { message: (p: { problem: string }) => p.problem },
  REDIRECT_NOT_ALLOWED: {
    status: 400,
    message: 'The redirect leads to a place that is not listed.',
    hint: 'Give a path, or list the origin in the setting "redirects" of the user model.',
  },

  // paths
  URL_NOT_FOUND: { status: 404, message: (p: { verb: string; url: string }) => `Cannot ${p.verb} ${p.url}` },
  URL_MALFORMED: { status: 400, message: 'The URL has malformed percent-encoding.' },
})

/** What was not found, in LoopBack's wordings: a record by id, the record of a path, the other side of a relation. */
type Missing =
  | { readonly model: string; readonly id: unknown }
  | { readonly pathId: unknown }
  | { readonly related: string }
  | { readonly denied: string; readonly id: unknown }

function notFound(missing: Missing): string {
  if ('denied' in missing) return `could not find ${missing.denied} with id ${String(missing.id)}`
  if ('pathId' in missing) return `could not find a model with id ${String(missing.pathId)}`
  return 'related' in missing ? `No "${missing.related}" instance(s) found` : `Unknown "${missing.model}" id "${String(missing.id)}".`
}
