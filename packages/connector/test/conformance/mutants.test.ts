import {
  and,
  compare,
  compileMatch,
  compileOrder,
  fold,
  not,
  or,
  related,
  slot,
  type Call,
  type Change,
  type Entity,
  type Query,
  type Row,
  type Shape,
  type Where,
} from '../../src'
import { bindQuery } from '../../src'
import type { Compare, Join, Related } from '../../src'
import { ReferenceStore } from './reference-store'
import { runKit } from './run-kit'

/** A store that reads some comparisons in a wrong way. */
function misreading(wrong: (node: Compare) => Where | undefined, wrongRelated: (node: Related) => Where = (node) => node) {
  const rewrite = (where: Where): Where =>
    fold<Where>(where, {
      compare: (node) => wrong(node) ?? node,
      and,
      or,
      not,
      related: wrongRelated,
      native: (value) => ({ kind: 'native', value }),
    })
  return class extends ReferenceStore {
    protected override matcher(entity: Entity, where: Where | undefined, state: never) {
      return super.matcher(entity, where && rewrite(where), state)
    }
  }
}

const operator = (op: Compare['op'], wrong: (node: Compare) => Where) => misreading((node) => (node.op === op ? wrong(node) : undefined))

const mutants: Readonly<Record<string, { readonly store: new () => ReferenceStore; readonly fails: string }>> = {
  'neq leaves out null': {
    store: operator('neq', (node) => and([node, compare(node.path, 'exists', true)])),
    fails: 'where: neq leaves out equal rows and keeps null ones',
  },
  'inq of an empty list finds everything': {
    store: operator('inq', (node) => ((node.value as readonly unknown[]).length ? node : and([]))),
    fails: 'where: inq of an empty list finds nothing, never everything',
  },
  'nin leaves out null': {
    store: operator('nin', (node) => and([node, compare(node.path, 'neq', null)])),
    fails: 'where: nin leaves out any of a list and keeps null rows',
  },
  'null in a list is overlooked': {
    store: operator('inq', (node) =>
      compare(
        node.path,
        'inq',
        (node.value as readonly unknown[]).filter((value) => value !== null),
      ),
    ),
    fails: 'where: inq with null in the list finds null too',
  },
  'like disregards case': { store: operator('like', (node) => ({ ...node, op: 'ilike' })), fails: 'where: like regards case' },
  'like is not anchored': {
    store: operator('like', (node) => ({ ...node, value: `%${String(node.value)}%` })),
    fails: 'where: like without % must match the whole text',
  },
  'contains reads wildcards': {
    store: operator('contains', (node) => (typeof node.value === 'string' ? { ...node, op: 'like', value: `%${node.value}%` } : node)),
    fails: 'where: contains takes % literally',
  },
  'between leaves out its ends': {
    store: operator('between', (node) => {
      const [low, high] = node.value as [unknown, unknown]
      return and([compare(node.path, 'gt', low), compare(node.path, 'lt', high)])
    }),
    fails: 'where: between includes both ends',
  },
  'dates lose their milliseconds': {
    store: misreading((node) =>
      node.value instanceof Date ? { ...node, value: new Date(Math.floor(node.value.getTime() / 1000) * 1000) } : undefined,
    ),
    fails: 'where: eq finds a date to the millisecond',
  },
  'numbers inside objects equal text': {
    store: misreading((node) => (node.path.length > 1 && node.value === '95' ? or([node, { ...node, value: 95 }]) : undefined)),
    fails: 'where inside objects: eq of text does not find a number',
  },
  'a key with a dot is taken for a path': {
    store: misreading((node) => ({ ...node, path: node.path.flatMap((part) => part.split('.')) })),
    fails: 'injection: keys inside objects may be any text, a dot included',
  },
  'a list is compared by its first element': {
    store: misreading((node) =>
      node.path[0] === 'tags' && node.value === 'red' ? and([node, not(compare('tags', 'eq', ['sweet', 'red']))]) : undefined,
    ),
    fails: 'where in lists: eq finds lists with such an element',
  },
  'every is read as some': {
    store: misreading(
      () => undefined,
      (node) => (node.quantifier === 'every' ? related(node.join, 'some', node.where) : node),
    ),
    fails: 'related: every finds rows without one that fails, and those without any',
  },
  'the condition of a join is overlooked': {
    store: class extends ReferenceStore {
      protected override matcher(entity: Entity, where: Where | undefined, state: never) {
        const bare = ({ where: _, ...join }: Join): Join => join
        const strip = (node: Where): Where => (node.kind === 'related' ? related(bare(node.join), node.quantifier, node.where) : node)
        return super.matcher(entity, where && strip(where), state)
      }
    },
    fails: 'related: the join carries a condition of its own',
  },
  'null comes last in ascending order': {
    store: class extends ReferenceStore {
      protected override ordered(entity: Entity, query: Query, from: never) {
        const rows = super.ordered(entity, query, from)
        const [first] = query.order ?? []
        if (!first || first.direction === 'DESC') return rows
        const missing = (row: Row) => row[first.path[0]!] == null
        return [...rows.filter((row) => !missing(row)), ...rows.filter(missing)]
      }
    },
    fails: 'order: ascending numbers, null first',
  },
  'numbers are ordered as text': {
    store: class extends ReferenceStore {
      protected override ordered(entity: Entity, query: Query, { rows }: { rows: Row[] }) {
        const asText = rows.map((row) => ({ row, text: { ...row, stock: row.stock == null ? row.stock : String(row.stock) } }))
        const order = compileOrder(entity, query.order)
        return asText.sort((a, b) => order(a.text, b.text)).map(({ row }) => row)
      }
    },
    fails: 'order: numbers as numbers, not as text',
  },
  'rows come in the order of insertion': {
    store: class extends ReferenceStore {
      protected override ordered(entity: Entity, query: Query, from: { rows: Row[]; state: never }) {
        return query.order ? super.ordered(entity, query, from) : from.rows
      }
    },
    fails: 'order: without order rows come by ascending id',
  },
  'skip without limit is overlooked': {
    store: class extends ReferenceStore {
      protected override cut(rows: Row[], query: Query) {
        return super.cut(rows, query.limit === undefined ? { ...query, skip: 0 } : query)
      }
    },
    fails: 'page: skip leaves out the first rows',
  },
  'the limit per parent is for all parents': {
    store: class extends ReferenceStore {
      protected override perParent(rows: Row[], { limit, skip = 0 }: NonNullable<Query['perParent']>) {
        return rows.slice(Number(skip), Number(skip) + Number(limit))
      }
    },
    fails: 'page: perParent limits the rows of each parent',
  },
  'paging forgets null': {
    store: class extends ReferenceStore {
      override find(at: { entity: Entity; query: Query }, call: Call) {
        const [first, ...others] = at.query.after ?? []
        return super.find(first === null ? { ...at, query: { ...at.query, after: [-Infinity, ...others] } } : at, call)
      }
    },
    fails: 'page: after pages through equal values by id',
  },
  'columns bring everything': {
    store: class extends ReferenceStore {
      protected override project(entity: Entity, row: Row) {
        return super.project(entity, row, undefined)
      }
    },
    fails: 'page: columns names the properties that come back, beside the ids',
  },
  'rows have the names of columns': {
    store: class extends ReferenceStore {
      protected override project(entity: Entity, row: Row) {
        return Object.fromEntries(Object.entries(row).map(([name, value]) => [entity.byName.get(name)?.column ?? name, value]))
      }
    },
    fails: 'crud: rows have the names of properties, not of columns',
  },
  'a batch is written row by row': {
    store: class extends ReferenceStore {
      override insert({ entity, rows }: { entity: Entity; rows: readonly Row[] }, call: Call) {
        return rows.map((row) => (super.insert({ entity, rows: [row] }, call) as readonly Row[])[0]!)
      }
    },
    fails: 'crud: insert leaves nothing of a batch with an id that is taken',
  },
  'upsert replaces the whole row': {
    store: class extends ReferenceStore {
      override upsert(at: { entity: Entity; row: Row; set?: Row }, call: Call) {
        super.remove({ entity: at.entity, where: compare('id', 'eq', at.row.id ?? null) }, call)
        return { ...super.upsert(at, call), created: false }
      }
    },
    fails: 'crud: upsert sets all given properties of a row that is there',
  },
  'inc reads first and writes later': {
    store: class extends ReferenceStore {
      override async update(at: { entity: Entity; where?: Where; change: Change; returning?: boolean }, call: Call) {
        const rows = this.matching(at.entity, at.where, this.state(call)).map((row) => this.changed(row, at.change))
        await Promise.resolve()
        this.write(call, (state) => {
          for (const row of rows) state.rows(at.entity).set(JSON.stringify(at.entity.ids.map(({ name }) => row[name])), row)
        })
        return { count: rows.length, rows }
      }
    },
    fails: 'atomic: fifty inc at once add up',
  },
  'uniqueness is looked up first and relied on later': {
    store: class extends ReferenceStore {
      override async insert({ entity, rows }: { entity: Entity; rows: readonly Row[] }, call: Call) {
        const made = rows.map((row) => this.made(entity, row))
        if (made.length > 1) return super.insert({ entity, rows }, call)
        this.putAll(entity, made, this.state(call).copy())
        await Promise.resolve()
        this.write(call, (state) => {
          for (const row of made) state.rows(entity).set(JSON.stringify(entity.ids.map(({ name }) => row[name])), row)
        })
        return made
      }
    },
    fails: 'unique: of twenty inserts at once one wins',
  },
  'a prepared query keeps its first values': {
    store: class extends ReferenceStore {
      override prepare(entity: Entity, shape: Shape) {
        let first: readonly unknown[] | undefined
        return (values: readonly unknown[], call: Call) => this.find({ entity, query: bindQuery(shape.query, (first ??= values)) }, call)
      }
    },
    fails: 'prepare: finds by id, again and again',
  },
  'a transaction writes at once': {
    store: class extends ReferenceStore {
      protected override state() {
        return this.main
      }

      protected override write(_: Call, apply: (state: never) => void) {
        apply(this.main as never)
      }
    },
    fails: 'transactions: rollback takes everything back',
  },
  'savepoints are not taken back': {
    store: class extends ReferenceStore {
      protected override steps(session: never, commit: () => void) {
        const steps = super.steps(session, commit)
        return { ...steps, begin: () => ({ ...steps, commit: () => undefined, rollback: () => undefined }) }
      }
    },
    fails: 'transactions: rollback of an inner one keeps the outer one',
  },
  'what looks like a slot is one': {
    store: operator('eq', (node) => {
      const index = (node.value as { slot?: number } | null)?.slot
      return typeof index === 'number' ? { ...node, value: ['Apple'][slot(index).slot] } : node
    }),
    fails: 'injection: an object for a text is refused or finds nothing',
  },
  'alter drops what it does not know': {
    store: class extends ReferenceStore {
      override async migrate(at: Parameters<ReferenceStore['migrate']>[0]) {
        await super.migrate({ ...at, mode: 'recreate' })
      }
    },
    fails: 'migrate: alter adds columns and keeps the rows',
  },
  'count forgets the condition': {
    store: class extends ReferenceStore {
      override count({ entity }: { entity: Entity }, call: Call) {
        return super.count({ entity }, call)
      }
    },
    fails: 'where: eq finds an equal text and regards its case',
  },
  'conditions that are not matched are matched by accident': {
    store: class extends ReferenceStore {
      protected override matcher(entity: Entity, where: Where | undefined, state: never) {
        return where?.kind === 'not' ? compileMatch(entity, undefined) : super.matcher(entity, where, state)
      }
    },
    fails: 'where not: not of gt holds for null',
  },
}

describe('the kit', () => {
  const fast = (title: string) => !title.startsWith('key-value')

  it('passes a store that is right', async () => {
    expect([...(await runKit({ name: 'right', create: () => new ReferenceStore() }, fast)).keys()]).toEqual([])
  })

  it.each(Object.entries(mutants))('finds out that %s', async (_, { store: Store, fails }) => {
    const area = fails.slice(0, fails.indexOf(': '))
    const failed = await runKit({ name: 'mutant', create: () => new Store() }, (title) => title.startsWith(`${area}: `))
    expect([...failed.keys()]).toContain(fails)
  })
})
