import type { Contract, ContractArgument, ContractReturn } from '../contract/contract'
import type { StreamEvent } from '../stream/stream-event'
import type { SendOptions } from './send'

/** What a contract's type is in TypeScript. */
type ValueOf<T, Date_> = T extends 'string'
  ? string
  : T extends 'number' | 'integer'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'date'
        ? Date_
        : T extends 'buffer' | 'file'
          ? Buffer
          : T extends 'object'
            ? Readonly<Record<string, unknown>>
            : T extends 'ReadableStream'
              ? AsyncIterable<StreamEvent>
              : T extends readonly [infer Item]
                ? readonly ValueOf<Item, Date_>[]
                : unknown

type Required_<A extends ContractArgument> = Extract<A, { required: true }>
type Optional_<A extends ContractArgument> = Exclude<A, { required: true }>

type ArgsOf<A extends ContractArgument> = { readonly [K in Required_<A> as K['name']]: ValueOf<K['type'], Date | string> } & {
  readonly [K in Optional_<A> as K['name']]?: ValueOf<K['type'], Date | string>
}

type ResultOf<R extends readonly ContractReturn[]> = R extends readonly []
  ? undefined
  : R extends readonly [infer Only extends ContractReturn]
    ? ValueOf<Only['type'], Date>
    : { readonly [K in R[number] as K['name']]: ValueOf<K['type'], Date> }

type MethodOf<M extends ContractMethodLike> = [Required_<M['accepts'][number]>] extends [never]
  ? (args?: ArgsOf<M['accepts'][number]>, options?: SendOptions) => Promise<ResultOf<M['returns']>>
  : (args: ArgsOf<M['accepts'][number]>, options?: SendOptions) => Promise<ResultOf<M['returns']>>

interface ContractMethodLike {
  readonly name: string
  readonly accepts: readonly ContractArgument[]
  readonly returns: readonly ContractReturn[]
}

type StaticsOf<M extends ContractMethodLike> = {
  readonly [K in M as K['name'] extends `prototype.${string}` ? never : K['name']]: MethodOf<K>
}

type InstanceOf<M extends ContractMethodLike> = {
  readonly [K in M as K['name'] extends `prototype.${infer Name}` ? Name : never]: MethodOf<K>
}

/**
 * The methods of a server by class: statics, and those of records under `prototype`, with the id among their arguments. Exact for a
 * contract that is written `as const`; for one that is read at run time every name is allowed.
 */
export type ClientOf<C extends Contract> = {
  readonly [K in C['classes'][number] as K['name']]: StaticsOf<K['methods'][number]> & {
    readonly prototype: InstanceOf<K['methods'][number]>
  }
}
