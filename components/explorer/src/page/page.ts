import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folder of the page's own files; it stands beside `src` and `dist`. */
export const assets = join(__dirname, '..', '..', 'assets')

let template: string | undefined

/** What stands in the page: title and version of the API, and the path of its Swagger document. */
export interface PageContent {
  readonly title: string
  readonly version: string
  readonly swagger: string
}

/** The page, ready to be sent. */
export function page(content: PageContent): string {
  template ??= readFileSync(join(assets, 'index.html'), 'utf8')
  return template.replace(/\{\{(title|version|swagger)\}\}/g, (_, key: keyof PageContent) => escapeHtml(content[key]))
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
