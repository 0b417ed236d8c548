/** A JSON Schema, as plain JSON. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Name of a type (`'string'`, `'Product'`), or a list of one (`['string']`). */
export type ContractType = string | readonly [string]

/** One argument that a client sends. Arguments that the server computes are not listed. */
export interface ContractArgument {
  readonly name: string
  readonly type: ContractType
  readonly required: boolean
  readonly description?: string
  /** The argument is the whole body instead of a member of it. */
  readonly root?: boolean
  /** Where the argument is sent; `any`: path, body, query or header, in this order. */
  readonly source: 'path' | 'query' | 'body' | 'form' | 'header' | 'any'
  /** A list of objects is accepted where one object is declared. */
  readonly allowArray?: boolean
  /** For documents only: the server fills nothing in. */
  readonly default?: unknown
}

/** One value that a reply carries. */
export interface ContractReturn {
  readonly name: string
  readonly type: ContractType
  /** The value is the whole body instead of a member of it. */
  readonly root: boolean
  readonly description?: string
  /** Set when the value is no part of the body. */
  readonly target?: 'status' | 'header'
  /** Name of the header when `target` is `header`. */
  readonly header?: string
}

/** One endpoint of a method. */
export interface ContractRoute {
  /** Lower case: `get`, `post`, …, or `all`. */
  readonly verb: string
  /** Path below the path of the class, parameters written `:id`. */
  readonly path: string
  readonly status?: number
  readonly errorStatus?: number
}

/** One method that clients may call. */
export interface ContractMethod {
  /** `find`, or `prototype.patchAttributes` for methods of one record. */
  readonly name: string
  readonly aliases: readonly string[]
  readonly isStatic: boolean
  readonly accessType?: 'READ' | 'WRITE' | 'EXECUTE' | 'REPLICATE'
  readonly description?: string
  readonly notes?: string
  /** Whether documents show the method. */
  readonly documented: boolean
  readonly accepts: readonly ContractArgument[]
  readonly returns: readonly ContractReturn[]
  readonly routes: readonly ContractRoute[]
}

/** One class whose methods clients may call. */
export interface ContractClass {
  readonly name: string
  /** Path below the base path: `/products`. */
  readonly path: string
  readonly description?: string
  /** Name of the class that it extends. */
  readonly base?: string
  readonly methods: readonly ContractMethod[]
}

/**
 * Everything that a server offers, as plain JSON: the one description that documents, explorers, generated clients and the
 * remoting client read.
 */
export interface Contract {
  /** Version of this form. */
  readonly reloop: 1
  /** Path of the API: `/api`. */
  readonly basePath: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly classes: readonly ContractClass[]
  /** Shapes of values by name of their type. */
  readonly types: Readonly<Record<string, JsonSchema>>
}
