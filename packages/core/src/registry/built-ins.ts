import type { SharedModel } from '../types'
import type { Registry } from './registry'

/** Makes a built-in model for a registry. */
export type MakeBuiltIn = (registry: Registry) => SharedModel

/** The built-in models beside the bases; each is made when a registry is first asked for it. */
export const builtIns: Readonly<Record<string, MakeBuiltIn>> = Object.freeze({})
