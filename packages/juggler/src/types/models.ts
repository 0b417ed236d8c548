/**
 * The models of the program, by name: empty here, filled by augmentation from a generated file or by hand.
 * A member is a definition, or the class that `defineModel` returned.
 *
 * @example
 * declare module '@reloop/juggler' { interface Models { Product: typeof Product } }
 */
export interface Models {}
