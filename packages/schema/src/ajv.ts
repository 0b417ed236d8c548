import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'

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
  const ajv = new Ajv2020({ ...options, coerceTypes })
  addFormats(ajv)
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
