import { errors } from '../errors'
import { looseConverter } from './loose'

/** Makes a value of a type from whatever came; the context is that of LoopBack 2's calls. */
export type DynamicConverter = (value: unknown, context?: unknown) => unknown

const defined = new Map<string, DynamicConverter>()
const builtIn = ['any', 'boolean', 'date', 'number', 'object', 'string']

/**
 * A value whose type is decided later, and the types of the whole process: LoopBack 2's `strong-remoting/lib/dynamic`. Types of one
 * `RemoteObjects` are defined with `remotes.defineType`.
 *
 * @example new Dynamic('12').to('number') // 12
 */
export class Dynamic {
  readonly val: unknown
  readonly ctx: unknown

  /**
   * @param val any value
   * @param ctx handed to converters
   */
  constructor(val: unknown, ctx?: unknown) {
    this.val = val
    this.ctx = ctx
  }

  /**
   * The value as a type.
   *
   * @param type name of a type
   * @throws REMOTING_CONVERTER_MISSING
   */
  to(type: string): unknown {
    const convert = Dynamic.getConverter(type)
    if (!convert) throw errors.REMOTING_CONVERTER_MISSING({ name: type })
    return convert(this.val, this.ctx)
  }

  /**
   * Defines a type for the process.
   *
   * @param name as arguments name it
   * @param converter `(value, context) => converted`
   */
  static define(name: string, converter: DynamicConverter): void {
    defined.set(name, converter)
  }

  /** Forgets a type of the process. */
  static undefine(name: string): void {
    defined.delete(name)
  }

  /** Whether the process has a type of this name beside the built-in ones. */
  static isDefined(name: string): boolean {
    return defined.has(name)
  }

  /** Whether a value can be made of this type. */
  static canConvert(name: string): boolean {
    return Dynamic.getConverter(name) !== undefined
  }

  /** What makes values of a type, or undefined. */
  static getConverter(name: string): DynamicConverter | undefined {
    const own = defined.get(name)
    if (own || !builtIn.includes(name.toLowerCase())) return own
    const convert = looseConverter(name.toLowerCase())
    return (value) => {
      const converted = convert(value, 'value')
      if (converted instanceof Error) throw converted
      return converted
    }
  }
}
