import { quantifiersIn } from '../filter/quantifiers'
import type { GuardHop } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import { isOurs } from './ours'

/** One entity that a query touches, how it is reached, and which of its properties are named. */
export interface Touch {
  readonly model: ModelRuntime
  readonly hop?: GuardHop
  readonly paths: Set<string>
  /** What the caller named, and where; not what scopes and relations add. */
  readonly named: Map<string, string>
  /** What is reached from here, by relation and side. */
  readonly onward: Map<string, Touch>
}

/** Where a key of a filter leads when it is a relation. */
export interface Hop {
  readonly name: string
  readonly model: ModelRuntime
  /** The model whose rows link the two. */
  readonly between?: ModelRuntime
  readonly rest: string
}

/** The relation that a key names; undefined for a property. */
export function hopOf(model: ModelRuntime, key: string): Hop | undefined {
  const [head, ...rest] = key.split('.')
  if (model.compiled.byName.has(key) || model.compiled.byName.has(head!)) return undefined
  const relation = model.relation(head!)
  const to = relation?.joinTarget()
  return to && { name: head!, model: to.model, between: relation?.throughTarget?.()?.model, rest: rest.join('.') }
}

/** Whether a key joins clauses instead of naming something. */
export function isLogic(model: ModelRuntime, key: string): boolean {
  return (key === 'and' || key === 'or' || key === 'nor' || key === 'not') && !model.compiled.byName.has(key)
}

/** Every entity that a query touches, each once for every way on which it is reached. */
export class Touched {
  readonly root: Touch
  readonly all: Touch[] = []

  constructor(model: ModelRuntime, hop?: GuardHop) {
    this.root = this.#add(model, hop)
  }

  /** The far side of a relation, or what lies between. */
  of(from: Touch, relation: string, side: 'to' | 'between'): Touch | undefined {
    return from.onward.get(`${relation}.${side}`)
  }

  #add(model: ModelRuntime, hop?: GuardHop): Touch {
    const touch = { model, hop, paths: new Set<string>(), named: new Map<string, string>(), onward: new Map<string, Touch>() }
    this.all.push(touch)
    return touch
  }

  where(touch: Touch, where: unknown): void {
    if (!isPlainObject(where)) return
    const { model } = touch
    const place = isOurs(where) ? undefined : 'where'
    for (const [key, value] of Object.entries(where)) {
      if (isLogic(model, key)) for (const clause of Array.isArray(value) ? value : [value]) this.where(touch, clause)
      else this.#key(touch, { key, value, place })
    }
  }

  #key(touch: Touch, { key, value, place }: { key: string; value: unknown; place?: string }): void {
    const to = hopOf(touch.model, key)
    if (!to) return note(touch, key, place)
    const far = this.#reach(touch, to)
    if (to.rest) return place ? this.where(far, { [to.rest]: value }) : note(far, to.rest)
    if (!isPlainObject(value)) return
    const named = quantifiersIn(value)
    if (named.length === 0) return this.where(far, value)
    for (const quantifier of named) this.where(far, value[quantifier])
    const between = to.between && this.of(touch, to.name, 'between')
    if (between) this.where(between, value.through)
  }

  #reach(from: Touch, to: Hop): Touch {
    const hop = Object.freeze({ entity: from.model.name, relation: to.name, ...(from.hop && { from: from.hop }) })
    const side = (key: string, model: ModelRuntime): Touch => {
      const touch = from.onward.get(key) ?? this.#add(model, hop)
      from.onward.set(key, touch)
      return touch
    }
    if (to.between) side(`${to.name}.between`, to.between)
    return side(`${to.name}.to`, to.model)
  }

  /** Names of relations that an order goes over. */
  order(order: unknown, place: string | undefined): readonly string[] {
    const texts = (Array.isArray(order) ? order : [order]).flatMap((text) => (typeof text === 'string' ? text.split(',') : []))
    const relations: string[] = []
    for (const text of texts) {
      const name = text.trim().split(/\s+/)[0]!
      const to = name === '' ? undefined : hopOf(this.root.model, name)
      if (to) {
        note(this.#reach(this.root, to), to.rest, place)
        relations.push(to.name)
      } else if (name) note(this.root, name, place)
    }
    return relations
  }

  /** Properties that the call names elsewhere: to be read, or to be written. */
  names(paths: readonly string[], place?: string): void {
    for (const path of paths) note(this.root, path, place)
  }
}

function note(touch: Touch, path: string, place?: string): void {
  if (path === '') return
  touch.paths.add(path)
  if (place && !touch.named.has(path)) touch.named.set(path, place)
}
