import type { WireError } from '@reloop/errors'

/** An error as a page for people: what a client may see, nothing else. */
export function errorPage(wire: WireError): string {
  const title = escape(`${wire.statusCode ?? 500} ${wire.message}`)
  const rows = Object.entries(wire).map(([key, value]) => `<dt>${escape(key)}</dt><dd><pre>${escape(text(value))}</pre></dd>`)
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><dl>${rows.join('')}</dl></body>
</html>
`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function escape(given: string): string {
  return given.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
