import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../run/command.mjs'

const codeForm = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/

/**
 * The errors of a package, read from the text of its sources: catalogues given to `defineErrors`, and (on floor 0, which has no
 * catalogue) calls such as `compatError('CODE', 'message')`.
 * @returns {{ code: string, status: number, message: string, hint?: string }[]} sorted by code
 */
export function catalogueOf(folder) {
  const found = sources(join(root, folder, 'src')).flatMap((file) =>
    entriesIn(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true)),
  )
  const byCode = new Map(found.map((entry) => [entry.code, entry]))
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

function sources(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function entriesIn(file) {
  const found = []
  const visit = (node) => {
    if (ts.isCallExpression(node)) found.push(...entriesOfCall(node))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function entriesOfCall({ expression, arguments: given }) {
  const [first, second] = given
  if (expression.getText() === 'defineErrors' && first) return catalogueEntries(plain(first))
  const isMade = /Error$/.test(expression.getText()) && first && ts.isStringLiteralLike(first) && codeForm.test(first.text) && second
  return isMade ? [{ code: first.text, status: 500, message: textOf(second) }] : []
}

function catalogueEntries(literal) {
  if (!ts.isObjectLiteralExpression(literal)) return []
  return literal.properties.filter(ts.isPropertyAssignment).map((property) => {
    const fields = fieldsOf(plain(property.initializer))
    const status = fields.status ? Number(fields.status.getText()) : 500
    return { code: property.name.getText(), status, message: textOf(fields.message), hint: fields.hint && textOf(fields.hint) }
  })
}

const plain = (node) =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node) ? plain(node.expression) : node

function fieldsOf(literal) {
  if (!ts.isObjectLiteralExpression(literal)) return {}
  return Object.fromEntries(literal.properties.filter(ts.isPropertyAssignment).map((field) => [field.name.getText(), field.initializer]))
}

/** The sentence with each parameter as ‹name›. */
function textOf(given) {
  if (!given) return ''
  const node = plain(given)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isArrowFunction(node)) return textOf(ts.isBlock(node.body) ? returned(node.body) : node.body)
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => parameter(span.expression) + span.literal.text).join('')
  if (ts.isConditionalExpression(node)) return `${textOf(node.whenTrue)} / ${textOf(node.whenFalse)}`
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right)
  return parameter(node)
}

const returned = (block) => block.statements.filter(ts.isReturnStatement).at(-1)?.expression

/** `p.names.join(', ')` → ‹names›, `JSON.stringify(p.value)` → ‹value›. */
function parameter(node) {
  const text = node.getText().replace(/^(JSON\.stringify|String)\((.*)\)$/s, '$2')
  const [, name] = /^(?:\w+\??\.)*?(\w+)(?:\.(?:join|map|filter|slice|sort|length)\b.*)?$/s.exec(text) ?? []
  return `‹${name ?? text.split('\n')[0].slice(0, 40)}›`
}
