import { createHash } from 'node:crypto'
import { toOpenApi, toSwagger, type Contract, type DocumentInfo } from '@reloop/openapi'
import type { ExplorerHost } from './host'
import type { ApiInfo, ExplorerOptions } from './options/options'

/** A document as text, with the tag that tells one version of it from another. */
export interface Written {
  readonly text: string
  readonly etag: string
}

/** The documents of an application, written when first asked for and again when its contract has changed. */
export interface Documents {
  openApi(): Written
  swagger(): Written
  info(): { readonly title: string; readonly version: string }
}

/** Makes the documents of an application. */
export function makeDocuments(app: ExplorerHost, options: ExplorerOptions): Documents {
  const shared = { host: options.host, protocol: options.protocol }
  const info = () => infoOf(app, options)
  const contract = (): Contract => (options.basePath === undefined ? app.contract() : { ...app.contract(), basePath: options.basePath })
  const openApi = cached((given) => toOpenApi(given, { ...shared, info: info() }))
  const swagger = cached((given) => toSwagger(given, { ...shared, info: info(), consumes: options.consumes, produces: options.produces }))
  return {
    openApi: () => openApi(contract()),
    swagger: () => swagger(contract()),
    info() {
      const { title, version } = { ...app.contract().info, ...info() }
      return { title, version }
    },
  }
}

/** Keeps what was written for a contract as long as the contract says the same. */
function cached(write: (contract: Contract) => unknown): (contract: Contract) => Written {
  let last: { readonly source: string; readonly written: Written } | undefined
  return (contract) => {
    const source = JSON.stringify(contract)
    if (last?.source !== source) {
      const text = JSON.stringify(write(contract))
      last = { source, written: { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` } }
    }
    return last.written
  }
}

function infoOf(app: ExplorerHost, options: ExplorerOptions): DocumentInfo {
  const { description, ...rest } = (options.apiInfo ?? app.get('apiInfo') ?? {}) as ApiInfo
  const lines = description === undefined ? {} : { description: [description].flat().join('\n') }
  return { ...(options.version !== undefined && { version: options.version }), ...rest, ...lines }
}
