import { explorer as component } from './explorer'
import type { ExplorerHost as Host } from './host'
import type { ApiInfo as Info, ExplorerOptions as Options } from './options/options'

/** `require('@reloop/component-explorer')` is the component itself, as LoopBack's boot expects; the names are there too. */
const explorer = Object.assign(component, { explorer: component, default: component })

// Types beside a function that is the whole export have no other place.
// eslint-disable-next-line @typescript-eslint/no-namespace
declare namespace explorer {
  export type ApiInfo = Info
  export type ExplorerHost = Host
  export type ExplorerOptions = Options
}

export = explorer
