import { basename, extname } from 'node:path'
import { errors } from '../errors'
import type { BootOptions } from '../options'

/** Makes names of mixins from those of their files. */
export function mixinNaming(normalization: BootOptions['normalization'] = 'classify'): (file: string) => string {
  const form = forms(normalization)
  return (file) => form(basename(file, extname(file)))
}

function forms(normalization: NonNullable<BootOptions['normalization']>): (name: string) => string {
  if (typeof normalization === 'function') return normalization
  if (normalization === false || normalization === 'none') return (name) => name
  if (normalization === 'classify') return (name) => words(name).map(capital).join('')
  if (normalization === 'dasherize') return (name) => words(name).join('-')
  throw errors.INVALID_NORMALIZATION_FORMAT({ normalization })
}

/** The words of a name in lower case; a run of capitals is one word with what follows it. */
function words(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
