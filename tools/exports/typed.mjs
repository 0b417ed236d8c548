import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../run/command.mjs'
import { callable } from './names.mjs'

const shared = {
  strict: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
}

/** The two ways in which TypeScript reads a CommonJS package: as Node does, and as before esModuleInterop and `exports`. */
export const manners = {
  'TypeScript with esModuleInterop': {
    ...shared,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    esModuleInterop: true,
  },
  'TypeScript without esModuleInterop': {
    ...shared,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: false,
    allowSyntheticDefaultImports: false,
    ignoreDeprecations: '6.0',
  },
}

/**
 * The values that TypeScript sees behind each entrance; all rooms in one program.
 * @returns {Map<string, { names: Map<string, string[]>, complaints: string[] }>} by package name
 */
export function typedNames(rooms, options) {
  const files = new Map(rooms.map((room) => [room.name, writeImports(room)]))
  const program = ts.createProgram([...files.values()], options)
  const checker = program.getTypeChecker()
  return new Map(
    [...files].map(([name, file]) => {
      const imports = program.getSourceFile(file).statements.filter(ts.isImportEqualsDeclaration)
      const names = new Map(imports.map(({ moduleReference: { expression: at } }) => [at.text, valuesOf(checker, at)]))
      return [name, { names, complaints: complaintsOf(program, [file, ...typesOf(program, name)]) }]
    }),
  )
}

function writeImports({ folder, specifiers }) {
  const file = join(folder, 'names.ts')
  writeFileSync(file, specifiers.map((specifier, index) => `import m${index} = require('${specifier}')\nvoid m${index}\n`).join(''))
  return file
}

/** Published types are checked too, for readers who do not skip them. */
const typesOf = (program, name) =>
  program.getSourceFiles().flatMap(({ fileName }) => (fileName.includes(`/node_modules/${name}/dist/`) ? [fileName] : []))

function complaintsOf(program, files) {
  return files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(
      ({ file, messageText }) =>
        `${file ? `${file.fileName.split('/node_modules/').at(-1)}: ` : ''}${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
}

function valuesOf(checker, specifier) {
  const module = checker.getSymbolAtLocation(specifier)
  if (!module) return []
  const whole = module.exports.get(ts.InternalSymbolName.ExportEquals)
  const names = whole ? namesOfFunction(checker.getTypeOfSymbol(aliased(checker, whole))) : namesOfModule(checker, module)
  return names.filter((name) => name !== 'default' && name !== 'prototype').sort()
}

function namesOfFunction(type) {
  const called = type.getCallSignatures().length > 0 ? [callable] : []
  return [...called, ...type.getProperties().map(({ name }) => name)]
}

function namesOfModule(checker, module) {
  return checker
    .getExportsOfModule(module)
    .filter((symbol) => !isTypeOnly(checker, symbol))
    .map(({ name }) => name)
}

const aliased = (checker, symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)

function isTypeOnly(checker, symbol) {
  const typeOnly = symbol.declarations?.every(
    (declaration) => ts.isExportSpecifier(declaration) && ts.isTypeOnlyImportOrExportDeclaration(declaration),
  )
  return typeOnly || !(aliased(checker, symbol).flags & ts.SymbolFlags.Value)
}
