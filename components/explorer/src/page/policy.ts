import type { ExplorerOptions } from '../options/options'

/**
 * What the page's browser may load and run: the page's own files, nothing inline, and requests to the API only.
 * `blob:` and `data:` images are Swagger UI's icons and previews of downloaded files.
 */
export function policyOf({ host, protocol = 'https' }: ExplorerOptions): string {
  const api = host === undefined ? '' : ` ${protocol}://${host}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${api}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
