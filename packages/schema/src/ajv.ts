import type { Ajv2020, Options, ValidateFunction } from 'ajv/dist/2020'
import type addFormats from 'ajv-formats'

const options: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  allowUnionTypes: true,
  allErrors: true,
  verbose: true,
  useDefaults: true,
  logger: false,
  addUsedSchema: false,
}

const made = new Map<boolean, Ajv2020>()

/** Compiles a schema for a value that stands under `value` of the object that is validated. */
export function compile(jsonSchema: Readonly<Record<string, unknown>>, coerce: boolean): ValidateFunction {
  let ajv = made.get(coerce)
  if (ajv === undefined) made.set(coerce, (ajv = make(coerce)))
  const { $defs, definitions, $id: _, $schema: __, ...value } = jsonSchema
  return ajv.compile({
    type: 'object',
    properties: { value },
    required: ['value'],
    ...($defs ? { $defs } : {}),
    ...(definitions ? { definitions } : {}),
  })
}

function make(coerceTypes: boolean): Ajv2020 {
  const { Ajv2020: Ajv, formats } = load()
  const ajv = new Ajv({ ...options, coerceTypes })
  formats(ajv)
  ajv.addKeyword({
    keyword: 'typeof',
    schemaType: ['string', 'array'],
    compile: (kinds: string | readonly string[]) => {
      const allowed = new Set([kinds].flat())
      return (value: unknown) => allowed.has(typeof value)
    },
  })
  return ajv
}

/** Ninety modules, of which a program that checks nothing needs none. */
function load(): { Ajv2020: typeof Ajv2020; formats: typeof addFormats } {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const loaded = require('ajv/dist/2020') as { Ajv2020: typeof Ajv2020 }
  const formats = require('ajv-formats') as { default: typeof addFormats }
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { Ajv2020: loaded.Ajv2020, formats: formats.default }
}
