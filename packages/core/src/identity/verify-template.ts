import { readFile } from 'node:fs/promises'
import { errors } from '../errors'

/** What a template is filled with. */
export interface TemplateValues {
  readonly verifyHref: string
  readonly text: string
  readonly [further: string]: unknown
}

/** The mail that is sent unless the application has one of its own. */
const usual = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Confirm your e-mail address</title>
<h1>Confirm your e-mail address</h1>
<p>This address was given for an account. If it was you, open the link and the address is confirmed:</p>
<p><a href="<%= verifyHref %>"><%= verifyHref %></a></p>
<p>If it was not you, nothing needs to be done.</p>
</html>
`

const special: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/**
 * Fills a template: `<%= name %>` is replaced by the value with HTML's special characters escaped, `<%- name %>` by the value as it is.
 * Names may have dots. There is no code in templates; use `templateFn` with an engine for that.
 *
 * @param template path of a file; undefined: Reloop's own text
 * @param values what names stand for
 * @throws VERIFY_OPTIONS_INVALID for a template with anything else between `<%` and `%>`
 */
export async function fillTemplate(template: unknown, values: TemplateValues): Promise<string> {
  const source = typeof template === 'string' ? await readFile(template, 'utf8') : usual
  return source.replace(/<%([=-]?)([^]*?)%>/g, (_all, kind: string, inner: string) => {
    const name = inner.trim()
    if (kind === '' || !/^[\w$]+(\.[\w$]+)*$/.test(name))
      throw errors.VERIFY_OPTIONS_INVALID({
        problem: `The template may hold <%= name %> and <%- name %>, not <%${kind}${inner}%>: use options.templateFn.`,
      })
    const text = textAt(values, name)
    return kind === '=' ? text.replace(/[&<>"']/g, (character) => special[character]!) : text
  })
}

function textAt(values: TemplateValues, name: string): string {
  let value: unknown = values
  for (const part of name.split('.'))
    value = typeof value === 'object' && value !== null && part in value ? (value as Record<string, unknown>)[part] : undefined
  return value === undefined || value === null ? '' : String(value)
}
