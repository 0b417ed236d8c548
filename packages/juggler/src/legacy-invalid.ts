import { ValidationError } from './validation/validation-error'

type Door = (this: unknown, ...args: unknown[]) => unknown
type Callback = (error: unknown, ...results: unknown[]) => void

/** Lets a door hand the instance that is not valid to its callback, beside the ValidationError. */
export function withInvalid(door: Function): Function {
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    const callback = args.at(-1)
    if (typeof callback !== 'function') return (door as Door).apply(this, args)
    args[args.length - 1] = (error: unknown, ...results: unknown[]) => {
      const invalid = error ? ValidationError.instanceOf(error) : undefined
      if (invalid) (callback as Callback)(error, invalid)
      else (callback as Callback)(error, ...results)
    }
    return (door as Door).apply(this, args)
  }
  return Object.defineProperties(wrapped, {
    name: { value: door.name, configurable: true },
    length: { value: door.length, configurable: true },
  })
}
