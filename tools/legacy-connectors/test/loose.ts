/** Models of these suites are as loose as those of JavaScript. */

export type AnyModel = any

/** Calls in the old manner: what the callback is given after the error. */
export function called(target: AnyModel, method: string, ...args: readonly unknown[]): Promise<AnyModel[]> {
  return new Promise((resolve, reject) => {
    target[method](...args, (error: Error | null, ...values: AnyModel[]) => (error ? reject(error) : resolve(values)))
  })
}
