import type { IncomingMessage, ServerResponse } from 'node:http'
import type { onRequestHookHandler } from 'fastify'
import type { Application } from '../app/application'
import { findExpress, loadExpress, type ExpressBridge, type ExpressModule, type LoadExpress, type Next, type Slot } from './bridge'
import { Phases, unphased } from './phases'

/** Something for one place: handlers, or the API itself. */
interface Registration {
  readonly place: string
  readonly add: ((slot: Slot) => void) | 'rest'
}

/**
 * The Express-style handlers of an application by phase. Express is loaded when the first of them is registered; what needs no Express by
 * itself waits until then, to stand in its place in case it is.
 */
export class MiddlewareChain {
  readonly phases = new Phases()
  /** What answers or marks every request before all handlers, as hooks of Fastify. */
  readonly preludes: onRequestHookHandler[] = []
  readonly #app: Application
  readonly #given: LoadExpress | undefined
  readonly #places = new Map<string, Slot[]>()
  readonly #params: ((slot: Slot) => void)[] = []
  #waiting: Registration[] = []
  #bridge: ExpressBridge | undefined
  #module: ExpressModule | null | undefined
  /** The place of the API, and how many slots of that place come before it. */
  #rest: { readonly place: string; readonly after: number } | undefined
  #lists: { readonly before: readonly Slot[]; readonly after: readonly Slot[] } | undefined

  constructor(app: Application, given: LoadExpress | undefined) {
    this.#app = app
    this.#given = given
  }

  /** Express at work, once there is something for it to do. */
  get bridge(): ExpressBridge | undefined {
    return this.#bridge
  }

  /** Whether `@reloop/express` is installed. */
  get isAvailable(): boolean {
    return (this.#module ??= findExpress(this.#given) ?? null) !== null
  }

  /**
   * Loads Express.
   *
   * @param wanted by what, for the message
   * @throws APP_EXPRESS_MISSING
   */
  express(wanted: string): ExpressModule {
    return (this.#module ??= loadExpress(this.#given, wanted))
  }

  /**
   * Puts Express to work.
   *
   * @param wanted by what, for the message
   * @throws APP_EXPRESS_MISSING
   */
  mount(wanted: string): ExpressBridge {
    if (this.#bridge) return this.#bridge
    this.#bridge = this.express(wanted).createExpressBridge(this.#app)
    for (const registration of this.#waiting) this.#place(registration)
    this.#waiting = []
    return this.#bridge
  }

  /** The slot that a place now ends with. */
  slot(place: string, wanted: string): Slot {
    this.mount(wanted)
    return this.#lastSlot(place)
  }

  /** Adds what only matters when other handlers stand around it; Express is not loaded for it. */
  addPassive(place: string, add: Registration['add']): void {
    if (this.#bridge) this.#place({ place, add })
    else this.#waiting.push({ place, add })
  }

  /** Adds handlers of path parameters to all routes without a phase, also to those that are still to come. */
  addParam(add: (slot: Slot) => void): void {
    this.mount('app.param()')
    this.#params.push(add)
    for (const slot of this.#slotsOf(unphased)) add(slot)
  }

  get slots(): readonly Slot[] {
    return [...this.#places.values()].flat()
  }

  definePhases(given: string | readonly string[]): void {
    this.phases.define(given)
    this.#lists = undefined
  }

  /** Runs the handlers before the API. */
  before(req: IncomingMessage, res: ServerResponse, done: Next): void {
    const slots = this.#ordered().before
    if (slots.length === 0) return done()
    this.#bridge!.run(req, res, { slots, done })
  }

  /** Runs the handlers after the API; with an error only those that handle errors, wherever they stand after it. */
  after(req: IncomingMessage, res: ServerResponse, passage: { readonly error?: unknown; readonly done: Next }): void {
    const slots = this.#ordered().after
    if (slots.length === 0) return passage.done(passage.error)
    this.#bridge!.run(req, res, { slots, ...passage })
  }

  #place({ place, add }: Registration): void {
    if (add !== 'rest') return add(this.#lastSlot(place))
    if (this.#rest) return
    const slots = this.#slotsOf(place)
    this.#rest = { place, after: slots.length }
    // What is registered at this place from now on comes after the API.
    slots.push(this.#makeSlot(place))
    this.#lists = undefined
  }

  #makeSlot(place: string): Slot {
    const slot = this.#bridge!.slot()
    if (place === unphased) for (const add of this.#params) add(slot)
    return slot
  }

  #lastSlot(place: string): Slot {
    const slots = this.#slotsOf(place)
    if (slots.length === 0) {
      slots.push(this.#makeSlot(place))
      this.#lists = undefined
    }
    return slots.at(-1)!
  }

  #slotsOf(place: string): Slot[] {
    const known = this.#places.get(place)
    if (known) return known
    const made: Slot[] = []
    this.#places.set(place, made)
    return made
  }

  #ordered() {
    return (this.#lists ??= this.#order())
  }

  /** Unless somebody says where the API stands it comes before the main part of `routes`. */
  #order() {
    const rest = this.#rest ?? { place: 'routes', after: 0 }
    const before: Slot[] = []
    const after: Slot[] = []
    let target = before
    for (const place of this.phases.places()) {
      const slots = this.#places.get(place) ?? []
      if (place !== rest.place) {
        target.push(...slots)
        continue
      }
      before.push(...slots.slice(0, rest.after))
      after.push(...slots.slice(rest.after))
      target = after
    }
    return { before, after }
  }
}
