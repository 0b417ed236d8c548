import type { Entity } from '@reloop/connector'
import type { Dialect } from '../dialect'
import type { Making } from '../query/scope'
import type { Trace } from '../text/operand'
import { createFrames, type Frame } from './frame'
import { Plan } from './plan'
import { createTables, type Table } from './table'

/** Makes statements of one dialect. */
export class Statements {
  readonly dialect: Dialect
  readonly tableOf: (entity: Entity) => Table
  readonly frame: () => Frame

  constructor(dialect: Dialect, schema: string | undefined) {
    this.dialect = dialect
    this.tableOf = createTables(dialect, schema)
    this.frame = createFrames(dialect)
  }

  /** A plan; what it is made of is asked for once per variant. */
  plan<T>(make: (making: Making) => T): Plan<T> {
    return new Plan((trace) => make(this.making(trace)))
  }

  making(trace: Trace): Making {
    const { dialect, tableOf, frame } = this
    return { dialect, tableOf, frame, trace, aliases: 0 }
  }
}
