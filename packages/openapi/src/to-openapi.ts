import type { Contract, ContractArgument, ContractReturn, JsonSchema } from '@reloop/remoting'
import { defined, infoOf, markdown, mediaOf, type Document, type DocumentOptions } from './document'
import { errorReplies, errorSchema, sharedErrors } from './error-schema'
import { operationsOf, type Operation, type Parameter } from './operations'
import { groupByPath, tagsOf } from './structure'
import { typeWriter, type TypeWriter } from './types'

/**
 * Writes a contract as an OpenAPI 3.1 document.
 *
 * Only documented methods and the models they name are in it. The order of its keys depends on the contract's content alone.
 *
 * @param contract what `app.contract()` returns
 * @param options title and version, host, whether access tokens are declared
 * @returns the document, as plain JSON
 * @example const document = toOpenApi(app.contract(), { info: { title: 'Shop' } })
 */
export function toOpenApi(contract: Contract, options: DocumentOptions = {}): Document {
  const types = typeWriter(contract, '#/components/schemas/', (schema) => schema)
  const operations = operationsOf(contract)
  const errorName = types.freeName('ErrorReply')
  const paths = groupByPath(operations, (operation) => write(operation, types))
  const failure = { 'application/json': { schema: { $ref: `#/components/schemas/${errorName}` } } }
  const secured = options.security !== false
  return defined({
    openapi: '3.1.0',
    info: infoOf(contract, options),
    servers: [
      {
        url:
          options.host === undefined
            ? contract.basePath || '/'
            : `${options.protocol ?? 'https'}://${options.host}${contract.basePath.replace(/\/+$/, '')}`,
      },
    ],
    tags: tagsOf(contract, operations),
    security: secured ? [{}, { access_token: [] }] : undefined,
    paths,
    components: defined({
      schemas: types.components({ [errorName]: errorSchema }),
      responses: Object.fromEntries(Object.entries(sharedErrors).map(([name, description]) => [name, { description, content: failure }])),
      securitySchemes: secured ? { access_token: accessToken } : undefined,
    }),
  })
}

const accessToken = {
  type: 'apiKey',
  in: 'header',
  name: 'X-Access-Token',
  description: 'The `id` of an access token, as a login returns it.',
}

function write(operation: Operation, types: TypeWriter): Document {
  return defined({
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.notes === undefined ? undefined : markdown(operation.notes),
    operationId: operation.id,
    parameters: operation.parameters.length > 0 ? operation.parameters.map((parameter) => writeParameter(parameter, types)) : undefined,
    requestBody: bodyOf(operation, types),
    responses: {
      [operation.status]: success(operation, types),
      ...errorReplies(operation, '#/components/responses/'),
    },
  })
}

function writeParameter({ name, in: place, argument }: Parameter, types: TypeWriter): Document {
  const json = types.isJson(argument.type)
  const schema = json ? { type: 'string', format: 'json' } : plain(types.schemaOf(argument.type))
  return defined({
    name,
    in: place,
    description: describe(argument, json),
    required: place === 'path' || argument.required || undefined,
    schema: argument.default === undefined || json ? schema : { ...schema, default: argument.default },
  })
}

function bodyOf({ body, members }: Operation, types: TypeWriter): Document | undefined {
  if (body) {
    const schema = types.schemaOf(body.type)
    const either = body.allowArray ? { oneOf: [schema, { type: 'array', items: schema }] } : schema
    const content = { [mediaOf(body.type) ?? 'application/json']: { schema: either } }
    return defined({ description: text(body.description), required: body.required || undefined, content })
  }
  if (members.length === 0) return undefined
  const required = members.filter((argument) => argument.required).map((argument) => argument.name)
  const schema = defined({
    type: 'object',
    properties: Object.fromEntries(members.map((argument) => [argument.name, described(types.schemaOf(argument.type), argument)])),
    required: required.length > 0 ? required : undefined,
  })
  const content = { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } }
  return defined({ required: required.length > 0 || undefined, content })
}

function success({ verb, values, headers }: Operation, types: TypeWriter): Document {
  const [first] = values
  const root = values.length === 1 && first?.root ? first : undefined
  const schema = root
    ? types.schemaOf(root.type)
    : { type: 'object', properties: Object.fromEntries(values.map((value) => [value.name, described(types.schemaOf(value.type), value)])) }
  return defined({
    description: text(root?.description) ?? 'Success.',
    headers:
      headers.length > 0
        ? Object.fromEntries(
            headers.map((value) => [
              value.header ?? value.name,
              defined({ description: text(value.description), schema: plain(types.schemaOf(value.type)) }),
            ]),
          )
        : undefined,
    content: first && verb !== 'head' ? { [mediaOf(root?.type) ?? 'application/json']: { schema } } : undefined,
  })
}

/** References take a description beside them since 3.1. */
function described(schema: JsonSchema, value: ContractArgument | ContractReturn): JsonSchema {
  const extra = defined({ description: text(value.description), default: 'default' in value ? value.default : undefined })
  return { ...schema, ...extra }
}

function describe(argument: ContractArgument, json: boolean): string | undefined {
  const given = text(argument.description)
  if (!json) return given
  return given === undefined ? 'As JSON.' : /json/i.test(given) ? given : `${given} (as JSON)`
}

/** Values outside of a body are text: a type that says nothing is a string there. */
function plain(schema: JsonSchema): JsonSchema {
  return Object.keys(schema).length === 0 ? { type: 'string' } : schema
}

function text(given: string | undefined): string | undefined {
  return given === undefined ? undefined : markdown(given)
}
