import { defineErrors } from '@reloop/errors'

type Named = { readonly name: string; readonly nearest?: string }

const meant = ({ nearest }: Named) => (nearest === undefined ? 'Check the spelling.' : `Did you mean "${nearest}"?`)

/** Errors of a start: of folders, files and what stands in them. Messages that LoopBack has are LoopBack's. */
export const errors = defineErrors({
  // files
  BOOT_OPTIONS_INVALID: { message: (p: { option: string; expected: string }) => `The boot option ${p.option} must be ${p.expected}.` },
  CONFIG_NOT_LOADED: { message: (p: { file: string; reason: string }) => `${p.file} could not be loaded: ${p.reason}` },
  CONFIG_NOT_MERGED: { message: (p: { file: string; problem: string }) => `Cannot apply ${p.file}: ${p.problem}` },
  CONFIG_KEY_MISTYPED: {
    message: (p: Named & { file: string; at: string }) =>
      `${p.file} is not valid: ${p.at === '' ? p.name : `${p.at}.${p.name}`} is an unknown key.`,
    hint: meant,
  },
  MODULE_MISSING: {
    message: (p: { what: string; module: string; from: string }) => `${p.what} "${p.module}" was not found from ${p.from}.`,
    hint: (p: { what: string; module: string; from: string }) =>
      p.module.startsWith('.') ? 'Check the path.' : `Run: npm install ${p.module.split('#')[0]}`,
  },
  MODULE_INVALID: { message: (p: { what: string; file: string; expected: string }) => `${p.what} ${p.file} must export ${p.expected}.` },

  // settings
  REST_ROOT_INVALID: { message: (p: { root: unknown }) => `app.restApiRoot must start with "/", not ${JSON.stringify(p.root)}` },
  DATA_SOURCE_INVALID: { message: (p: { name: string }) => `The configuration of data source ${p.name} must be an object.` },

  // models
  MODEL_LAYOUT_OLD: {
    message: (p: { file: string; model: string; key: string }) =>
      `The data in ${p.file} is in the unsupported 1.x format: ${p.model} has ${p.key}.`,
    hint: 'Move the definition of the model to a file of its own, models/<name>.json.',
  },
  MODEL_NOT_CONFIGURABLE: { message: (p: Named) => `Cannot configure unknown model ${p.name}`, hint: meant },
  MODELS_IN_A_CIRCLE: { message: (p: { models: readonly string[] }) => `Models extend each other in a circle: ${p.models.join(' → ')}` },
  MODEL_NAME_TAKEN: {
    message: (p: { name: string; file: string }) => `${p.file} defines ${p.name}, which is the name of a built-in model.`,
    hint: (p: { name: string; file: string }) => `Give it a name of its own and "base": "${p.name}".`,
  },

  // mixins
  INVALID_NORMALIZATION_FORMAT: {
    message: (p: { normalization: unknown }) => `Invalid normalization format - "${String(p.normalization)}"`,
  },
  MIXIN_OUTSIDE: {
    message: (p: { path: string; root: string }) => `Mixins are loaded from inside the project (${p.root}) only, not from ${p.path}.`,
  },

  // scripts
  BOOT_SCRIPT_TIMEOUT: {
    message: (p: { file: string; milliseconds: number }) =>
      `Boot script ${p.file} did not finish within ${p.milliseconds} ms (limits.time.bootScript).`,
    hint: 'Call its callback, or let its promise resolve.',
  },
})
