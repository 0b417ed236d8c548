import { defineSchema } from '@reloop/schema'

/** What the documents say about the API; texts may be lists of lines. */
export interface ApiInfo {
  readonly title?: string
  readonly version?: string
  readonly description?: string | readonly string[]
  readonly termsOfService?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly url?: string }
}

/** Options of the explorer; names and defaults are those of loopback-component-explorer. */
export interface ExplorerOptions {
  /** Where the page is. @default '/explorer' */
  readonly mountPath?: string
  /** Path of the API in the documents. @default what the contract says: the setting restApiRoot */
  readonly basePath?: string
  /** Path of the Swagger 2.0 document below the page. @default 'swagger.json' */
  readonly resourcePath?: string
  /** Title, version, description, … @default the application's setting `apiInfo` */
  readonly apiInfo?: ApiInfo
  /** Version of the API, when `apiInfo` has none. */
  readonly version?: string
  /** Host and port of the API, when it is not the one that serves the page. */
  readonly host?: string
  /** Only with `host`. @default 'https' */
  readonly protocol?: 'http' | 'https'
  /** Folders whose files stand in for those of the page; the first that has a file wins. */
  readonly uiDirs?: string | readonly string[]
  /** False serves the documents only. @default true */
  readonly swaggerUI?: boolean
  /** Media types in the Swagger 2.0 document. */
  readonly consumes?: readonly string[]
  readonly produces?: readonly string[]
  /** Whether anything is served. @default true, in production false (the profiles 3.x and 2.x: true) */
  readonly enabled?: boolean
}

const path = '^/?\\w[\\w.~-]*(/\\w[\\w.~-]*)*/?$'
const text = { type: 'string' }
const texts = { type: 'array', items: text }
const object = (properties: object) => ({ type: 'object', properties, additionalProperties: false })

const schema = defineSchema<ExplorerOptions>(
  object({
    mountPath: { type: 'string', pattern: path },
    basePath: { type: 'string', pattern: '^/' },
    resourcePath: { type: 'string', pattern: path },
    apiInfo: object({
      title: text,
      version: text,
      description: { anyOf: [text, texts] },
      termsOfService: text,
      contact: object({ name: text, url: text, email: text }),
      license: { ...object({ name: text, url: text }), required: ['name'] },
    }),
    version: text,
    host: { type: 'string', pattern: '^([\\w.-]+|\\[[0-9a-fA-F:.]+\\])(:\\d+)?$' },
    protocol: { enum: ['http', 'https'] },
    uiDirs: { anyOf: [text, texts] },
    swaggerUI: { type: 'boolean' },
    consumes: texts,
    produces: texts,
    enabled: { type: 'boolean' },
    // Of LoopBack's explorer, and written by its generator: accepted, so that an application starts; the documents do not need them.
    auth: {},
    models: {},
    generateOperationScopedModels: {},
  }),
)

/**
 * Checks the options of the explorer.
 *
 * @throws CodedError SCHEMA_INVALID naming every unknown key with the nearest known one
 */
export function checkOptions(options: unknown): ExplorerOptions {
  return schema.check(options ?? {}, { file: 'The configuration of component explorer' })
}
