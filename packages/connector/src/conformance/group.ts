import type { Capabilities } from '../capabilities'
import type { Connector } from '../connector'
import { isCrud, isSchema, type Kit } from './kit'

/** Why a test does not concern a connector, or undefined when it does. */
export type Need = (connector: Connector) => string | undefined

export type TestBody = (kit: Kit) => Promise<void> | void

export interface KitTest {
  /** Group and title: what `skip` names. */
  readonly name: string
  readonly title: string
  readonly needs: readonly Need[]
  readonly run: TestBody
}

export interface Group {
  readonly name: string
  readonly tests: readonly KitTest[]
}

interface When {
  readonly need: Need
  readonly run: TestBody
}

/**
 * Names the tests of one area.
 *
 * @param name of the area
 * @param need of every test in it
 * @param tests title → body, or body under a further need
 */
export function group(name: string, need: Need, tests: Readonly<Record<string, TestBody | When>>): Group {
  const all = Object.entries(tests).map(([title, given]) => {
    const [needs, run] = typeof given === 'function' ? [[need], given] : [[need, given.need], given.run]
    return { name: `${name}: ${title}`, title, needs, run }
  })
  return { name, tests: all }
}

/** A test that only concerns connectors with a further ability. */
export function when(need: Need, run: TestBody): When {
  return { need, run }
}

/** The connector stores rows. */
export const storesRows: Need = (connector) => (isCrud(connector) ? undefined : 'stores no rows')

/** The connector makes tables. */
export const makesTables: Need = (connector) => (isCrud(connector) && isSchema(connector) ? undefined : 'makes no tables')

/** The connector has an optional method. */
export function method(name: 'upsert' | 'aggregate' | 'stream' | 'prepare' | 'begin' | 'discover'): Need {
  return (connector) => (name in connector ? undefined : `has no ${name}`)
}

/** The connector declares an ability that is on or off. */
export function capable(name: keyof Capabilities): Need {
  return ({ capabilities }) => (capabilities[name] ? undefined : `declares ${name}: ${String(capabilities[name])}`)
}

/** The store changes values in place by an operator. */
export function changes(operator: Capabilities['change'][number]): Need {
  return ({ capabilities }) => (capabilities.change.includes(operator) ? undefined : `declares no atomic ${operator}`)
}
