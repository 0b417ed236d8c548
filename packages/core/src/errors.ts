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
  REGISTRY_ACCESS_TYPE: {
    message: (p: { method: string; given: unknown }) =>
      `Access type of ${p.method} must be READ, WRITE, EXECUTE or REPLICATE, not ${String(p.given)}.`,
  },
  REGISTRY_SHARED_METHOD_INVALID: {
    message: (p: { method: string; given: string }) => `Expected boolean, got ${p.given} for the shared method "${p.method}"`,
  },

  // application
  APP_DATASOURCE_FAILED: { message: (p: { name: string; problem: string }) => `Cannot create data source "${p.name}": ${p.problem}` },
  APP_MODEL_BY_NAME: {
    message: (p: { name: string }) => `app.model("${p.name}", …) does not build models: give the class.`,
    hint: (p: { name: string }) => `Write app.model(app.registry.createModel({ name: '${p.name}', … }), { dataSource: … })`,
  },
  APP_MODEL_INVALID: { message: (p: { given: string }) => `app.model needs a model class, not ${p.given}.` },
  APP_HANDLER_UNKNOWN: { message: (p: { type: string }) => `There is no handler of type "${p.type}": expected "rest".` },
  APP_MIDDLEWARE_UNSUPPORTED: {
    message: (p: { name: string }) => `The middleware ${p.name} cannot be used: Express middleware is not supported yet.`,
    hint: 'Register a Fastify plugin or hook on app.fastify before the start.',
  },
  APP_ROUTE_LATE: {
    message: (p: { verb: string; path: string }) => `The route ${p.verb} ${p.path} comes too late: the application has started.`,
    hint: 'Add routes before app.start() or app.listen(); methods of models may come at any time.',
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
  URL_NOT_FOUND: { status: 404, message: (p: { verb: string; url: string }) => `Cannot ${p.verb} ${p.url}` },
  URL_MALFORMED: { status: 400, message: 'The URL has malformed percent-encoding.' },
})

/** What was not found, in LoopBack's wordings: a record by id, the record of a path, the other side of a relation. */
type Missing = { readonly model: string; readonly id: unknown } | { readonly pathId: unknown } | { readonly related: string }

function notFound(missing: Missing): string {
  if ('pathId' in missing) return `could not find a model with id ${String(missing.pathId)}`
  return 'related' in missing ? `No "${missing.related}" instance(s) found` : `Unknown "${missing.model}" id "${String(missing.id)}".`
}
