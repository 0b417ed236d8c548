import { isPlainObject } from '../value/plain'

const targets = new WeakMap<object, object>()

/** The object behind a watched view, or the value itself. */
export function unwatched<T>(value: T): T {
  return (typeof value === 'object' && value !== null ? (targets.get(value) ?? value) : value) as T
}

/**
 * A live view of plain objects and arrays, at any depth: what is written through it is kept, and told.
 *
 * @param target the object that is viewed
 * @param changed called after every write
 */
export function watched<T extends object>(target: T, changed: () => void): T {
  const views = new WeakMap<object, object>()

  function view<V>(value: V): V {
    if (typeof value !== 'object' || value === null || targets.has(value)) return value
    if (!Array.isArray(value) && !isPlainObject(value)) return value
    const known = views.get(value)
    if (known) return known as V
    const made = new Proxy(value, handler) as V & object
    views.set(value, made)
    targets.set(made, value)
    return made
  }

  const handler: ProxyHandler<object> = {
    get(on, key, receiver) {
      const value: unknown = Reflect.get(on, key, receiver)
      const own = Reflect.getOwnPropertyDescriptor(on, key)
      return own && !own.configurable && !own.writable ? value : view(value)
    },
    set(on, key, value) {
      const done = Reflect.set(on, key, unwatched(value))
      changed()
      return done
    },
    defineProperty(on, key, descriptor) {
      const done = Reflect.defineProperty(on, key, descriptor)
      changed()
      return done
    },
    deleteProperty(on, key) {
      const done = Reflect.deleteProperty(on, key)
      changed()
      return done
    },
  }
  return view(target)
}
