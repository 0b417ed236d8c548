type Constructor = abstract new (...args: never[]) => object

/** A class that may also be called without `new`. */
export type Callable<C extends Constructor> = C & ((...args: ConstructorParameters<C>) => InstanceType<C>)

/**
 * Lets a class be called without `new`, as LoopBack's could: the result has the same statics, prototype and `instanceof`.
 *
 * @param target the class
 */
export function callable<C extends Constructor>(target: C): Callable<C> {
  function construct(...args: unknown[]): object {
    return Reflect.construct(target, args, new.target ?? construct) as object
  }
  Object.setPrototypeOf(construct, target)
  Object.defineProperties(construct, {
    name: { value: target.name, configurable: true },
    length: { value: target.length, configurable: true },
    prototype: { value: target.prototype as object, writable: false },
  })
  Object.defineProperty(target.prototype, 'constructor', { value: construct, writable: true, configurable: true })
  return construct as unknown as Callable<C>
}
