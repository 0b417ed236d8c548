import { chunk, type Awaitable, type Row } from '@reloop/connector'
import { after } from '../run/awaitable'
import type { Ran, RawRow } from '../run/driver'
import type { On, Runner } from '../run/runner'
import type { InsertForm, InsertForms } from './insert-form'
import type { Table } from '../statement/table'

/** Inserts rows: one statement for one, and for many as few as the database allows; all of them or none. */
export class Inserting {
  readonly #runner: Runner
  readonly #forms: InsertForms

  constructor(runner: Runner, forms: InsertForms) {
    this.#runner = runner
    this.#forms = forms
  }

  insert(table: Table, rows: readonly Row[], on: On): Awaitable<readonly Row[]> {
    if (rows.length === 1) return after(this.#one(this.#forms.for(table, rows[0]!), rows[0]!, on), (row) => [row])
    return rows.length === 0 ? [] : this.#many(table, rows, on)
  }

  #one(form: InsertForm, row: Row, on: On): Awaitable<Row> {
    const whole = form.complete(row)
    return after(this.#runner.run(form.one, form.values(whole), on), (ran) => form.merge(whole, ran.rows[0], ran.lastId))
  }

  #many(table: Table, rows: readonly Row[], on: On): Awaitable<readonly Row[]> {
    const batches = this.#batches(table, rows)
    const result = new Array<Row>(rows.length)
    const run = (batch: Batch, within: On) =>
      after(this.#runner.run(batch.form.many(batch.rows.length), batch.form.parameters(batch.rows), within), (ran) =>
        fill(result, batch, ran),
      )
    if (batches.length === 1) return after(run(batches[0]!, on), () => result)
    return after(
      this.#runner.atomic(on, (within) =>
        batches.reduce<Awaitable<void>>((before, batch) => after(before, () => run(batch, within)), undefined),
      ),
      () => result,
    )
  }

  /** Rows that state the same properties go into one statement, as many as its values allow. */
  #batches(table: Table, rows: readonly Row[]): readonly Batch[] {
    const groups = new Map<InsertForm, { rows: Row[]; places: number[] }>()
    rows.forEach((row, place) => {
      const form = this.#forms.for(table, row)
      let group = groups.get(form)
      if (!group) groups.set(form, (group = { rows: [], places: [] }))
      group.rows.push(form.complete(row))
      group.places.push(place)
    })
    return [...groups].flatMap(([form, group]) => {
      const places = chunk(group.places, form.most)
      return chunk(group.rows, form.most).map((part, index) => ({ form, rows: part, places: places[index]! }))
    })
  }
}

interface Batch {
  readonly form: InsertForm
  readonly rows: readonly Row[]
  readonly places: readonly number[]
}

function fill(result: Row[], { form, rows, places }: Batch, ran: Ran): void {
  const returned: readonly (RawRow | undefined)[] = ran.rows
  rows.forEach((row, index) => {
    result[places[index]!] = form.merge(row, returned[index], undefined)
  })
}
