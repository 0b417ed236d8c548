import type { Contract, ContractArgument, ContractReturn } from '@reloop/remoting'
import { defined, infoOf, markdown, mediaOf, type Document, type DocumentOptions } from './document'
import { errorReplies, errorSchema, sharedErrors } from './error-schema'
import { operationsOf, type Operation, type Parameter } from './operations'
import { groupByPath, tagsOf } from './structure'
import { toSwaggerSchema } from './to-swagger-schema'
import { typeWriter, type TypeWriter } from './types'

/** How a Swagger document is made. */
export interface SwaggerOptions extends DocumentOptions {
  /** Media types that methods accept. @default JSON and URL-encoded forms */
  readonly consumes?: readonly string[]
  /** Media types that methods answer with. @default JSON */
  readonly produces?: readonly string[]
}

/**
 * Writes a contract as a Swagger 2.0 document, shaped like LoopBack's `swagger.json`.
 *
 * @param contract what `app.contract()` returns
 * @param options as of `toOpenApi`, and the media types
 * @returns the document, as plain JSON
 * @example const document = toSwagger(app.contract(), { host: 'api.example.com' })
 */
export function toSwagger(contract: Contract, options: SwaggerOptions = {}): Document {
  const types = typeWriter(contract, '#/definitions/', toSwaggerSchema)
  const operations = operationsOf(contract)
  const errorName = types.freeName('ErrorReply')
  const paths = groupByPath(operations, (operation) => write(operation, types))
  const schema = { $ref: `#/definitions/${errorName}` }
  const secured = options.security !== false
  return defined({
    swagger: '2.0',
    info: infoOf(contract, options),
    host: options.host,
    basePath: contract.basePath.replace(/\/+$/, '') || '/',
    schemes: options.protocol === undefined ? undefined : [options.protocol],
    consumes: options.consumes ?? ['application/json', 'application/x-www-form-urlencoded'],
    produces: options.produces ?? ['application/json'],
    tags: tagsOf(contract, operations),
    securityDefinitions: secured ? { access_token: { type: 'apiKey', in: 'header', name: 'X-Access-Token' } } : undefined,
    security: secured ? [{}, { access_token: [] }] : undefined,
    paths,
    responses: Object.fromEntries(Object.entries(sharedErrors).map(([name, description]) => [name, { description, schema }])),
    definitions: types.components({ [errorName]: toSwaggerSchema(errorSchema) }),
  })
}

function write(operation: Operation, types: TypeWriter): Document {
  const media = operation.values.length === 1 ? mediaOf(operation.values[0]!.type) : undefined
  const parameters = [
    ...operation.parameters.map((parameter) => outside(parameter, types)),
    ...operation.members.map((argument) => outside({ name: argument.name, in: 'formData', argument }, types)),
    ...(operation.body ? [bodyOf(operation.body, types)] : []),
  ]
  return defined({
    tags: [operation.tag],
    summary: operation.summary,
    description: text(operation.notes),
    operationId: operation.id,
    produces: media === undefined ? undefined : [media],
    parameters,
    responses: {
      [operation.status]: success(operation, types),
      ...errorReplies(operation, '#/responses/'),
    },
  })
}

function outside({ name, in: place, argument }: Omit<Parameter, 'in'> & { in: string }, types: TypeWriter): Document {
  const schema = types.isJson(argument.type) ? { type: 'string', format: 'JSON' } : types.schemaOf(argument.type)
  return defined({
    name,
    in: place,
    description: text(argument.description),
    required: place === 'path' || argument.required,
    ...(Object.keys(schema).length > 0 ? schema : { type: 'string' }),
    default: typeof argument.default === 'object' ? undefined : argument.default,
  })
}

function bodyOf(argument: ContractArgument, types: TypeWriter): Document {
  const { name, required, description } = argument
  return defined({ name, in: 'body', description: text(description), required, schema: types.schemaOf(argument.type) })
}

function success({ verb, values, headers }: Operation, types: TypeWriter): Document {
  const [first] = values
  const root = values.length === 1 && first?.root ? first : undefined
  const named = () => Object.fromEntries(values.map((value) => [value.name, types.schemaOf(value.type)]))
  const schema = root ? (mediaOf(root.type) ? { type: 'file' } : types.schemaOf(root.type)) : { type: 'object', properties: named() }
  return defined({
    description: text(root?.description) ?? 'Request was successful',
    headers:
      headers.length > 0 ? Object.fromEntries(headers.map((value) => [value.header ?? value.name, headerOf(value, types)])) : undefined,
    schema: first && verb !== 'head' ? schema : undefined,
  })
}

function headerOf(value: ContractReturn, types: TypeWriter): Document {
  const schema = types.isJson(value.type) ? {} : types.schemaOf(value.type)
  return defined({
    description: text(value.description),
    ...(Object.keys(schema).length > 0 ? schema : { type: 'string' }),
  })
}

function text(given: string | undefined): string | undefined {
  return given === undefined ? undefined : markdown(given)
}
