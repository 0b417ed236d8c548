export { defineSchema, type JsonSchema, type Place, type Schema, type SchemaOptions } from './define-schema'
export { readJsonFile } from './read-json-file'
export type { Problem } from './problem'
export { errors } from './errors'
