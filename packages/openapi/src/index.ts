export { toOpenApi } from './to-openapi'
export { toSwagger, type SwaggerOptions } from './to-swagger'
export type { Document, DocumentInfo, DocumentOptions } from './document'
export type { Contract } from '@reloop/remoting'
