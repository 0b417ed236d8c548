import { Pipeline, type Step as PipelineStep } from '@reloop/phase'
import { argumentReader, type ArgumentReader } from '../args/arguments'
import { member } from '../args/sources'
import type { RemoteObjects } from '../contract/remote-objects'
import type { DirectCall } from '../contract/method-options'
import type { SharedMethod } from '../contract/shared-method'
import { errors } from '../errors'
import { CallbackValues, methodCaller, stepFromHook, type Step, type UserFunction } from '../legacy'
import type { Given, HttpContext } from './context'
import type { HookKind } from './hooks'
import { resultShaper } from './results'

/** A method made ready to be called: everything that could be decided beforehand is. */
export interface CompiledCall {
  readonly method: SharedMethod
  readonly methodString: string
  /** Reads the arguments and runs the steps; the result is in the context. Gives a promise only where it has to wait. */
  readonly run: (context: HttpContext) => void | Promise<void>
  /** Hooks for errors. */
  readonly errorSteps: readonly Step[]
  /** What a client gives by position: names of the constructor's arguments, and of the method's own. */
  readonly positions: { readonly ctorArgs: readonly string[]; readonly args: readonly string[] }
}

/**
 * Compiles the pipeline of a method: instance and arguments, `rest.before`, the phases with their hooks around the call, `rest.after`.
 * A phase without steps costs nothing.
 *
 * @param method the method
 * @param remotes hooks, phases, types and flags
 */
export function compileCall(method: SharedMethod, remotes: RemoteObjects): CompiledCall {
  const methodString = method.stringName
  const hooks = remotes.hooks
  const hooksOf = (kind: HookKind) => hooksFor(method, (name) => hooks.matching(kind, name))
  const after = hooksOf('after')
  const names = ['prepare', 'rest.before', ...remotes.phases.flatMap((phase) => [`${phase}:before`, phase, `${phase}:after`]), 'rest.after']
  const pipeline = new Pipeline<HttpContext, string>(names)
  const use = (phase: string, steps: readonly Step[]) => steps.forEach((step) => pipeline.use(phase, step as PipelineStep<HttpContext>))

  const { identify } = remotes
  if (identify) use('prepare', [(context) => identify(context.req)])
  use('prepare', preparation(method, remotes))
  use('rest.before', listOf(method.rest.before).map(stepFromHook))
  if (remotes.authorization) use('auth', [stepFromHook(remotes.authorization)])
  const mayCall = remotes.authorizationOf?.(method)
  if (mayCall) use('auth', [mayCall])
  if (!method.isStatic) use('invoke:before', [refuseMissingInstance])
  use('invoke:before', hooksOf('before'))
  use('invoke:after', after)
  for (const phase of names) use(phase, phase.includes('.') ? [] : remotes.phaseSteps(phase, methodString))
  const last = listOf(method.rest.after).map(stepFromHook)
  if (last.length > 0) use('rest.after', [leaveHooks, ...last])

  const invoke = invocation(method, { remotes, direct: after.length === 0 ? method.direct?.call : method.direct?.whole })
  return {
    method,
    methodString,
    run: pipeline.compile({ phase: 'invoke', step: invoke as PipelineStep<HttpContext> }),
    errorSteps: hooksOf('afterError'),
    positions: { ctorArgs: method.sharedCtor ? givenNames(method.sharedCtor, remotes) : [], args: givenNames(method, remotes) },
  }
}

/** The hooks of a method, with those of the method that it stands for; a hook that matches both runs once. */
function hooksFor({ stringName, rest }: SharedMethod, matching: (name: string) => readonly Step[]): readonly Step[] {
  const own = matching(stringName)
  return rest.hooksOf === undefined ? own : [...new Set([...own, ...matching(rest.hooksOf)])]
}

/** Arguments that a client may give; the server makes the others. */
function givenNames(method: SharedMethod, remotes: RemoteObjects): string[] {
  return readersOf(method, remotes).flatMap(({ name, take }) => (take ? [name] : []))
}

/** The arguments, and the instance or why there is none. */
function preparation(method: SharedMethod, remotes: RemoteObjects): Step[] {
  const readers = readersOf(method, remotes)
  const steps: Step[] = readers.length === 0 ? [] : [(context) => readArguments(readers, context)]
  const { sharedCtor } = method
  return sharedCtor ? [...steps, instanceStep(sharedCtor, remotes)] : steps
}

/** A request that cannot be read is refused before any hook, also those for errors, hears of it. */
function readArguments(readers: readonly ArgumentReader[], context: HttpContext): void {
  context.outsideHooks = true
  readInto(context.args, readers, { context, given: context.given?.args })
  context.outsideHooks = false
}

function readersOf(method: SharedMethod, { flags, types }: RemoteObjects): readonly ArgumentReader[] {
  return method.accepts.map((argument) => argumentReader(argument, { flags, types }))
}

interface ReadFrom {
  readonly context: HttpContext
  readonly given: Given['args'] | undefined
}

function readInto(args: Record<string, unknown>, readers: readonly ArgumentReader[], { context, given }: ReadFrom): void {
  for (const reader of readers) {
    args[reader.name] = given && reader.take ? reader.take(member(given, reader.name)) : reader.read(context)
  }
}

function instanceStep(sharedCtor: SharedMethod, remotes: RemoteObjects): Step {
  const readers = readersOf(sharedCtor, remotes)
  const call = caller(sharedCtor, readers, sharedCtor.direct?.call)
  const keep = (context: HttpContext, value: unknown) => {
    context.instance = value instanceof CallbackValues ? value.list[0] : value
  }
  const fail = (context: HttpContext, error: unknown) => {
    context.instanceError = error ?? new Error('No instance.')
  }
  return (context) => {
    try {
      readInto(context.ctorArgs, readers, { context, given: context.given?.ctorArgs })
      const value = call(context.scope, context.ctorArgs, context)
      if (!isThenable(value)) return keep(context, value)
      return value.then(
        (made) => keep(context, made),
        (error: unknown) => fail(context, error),
      )
    } catch (error) {
      fail(context, error)
    }
  }
}

/** Access is decided before a client learns that a record is missing. */
function refuseMissingInstance(context: HttpContext): void {
  if (context.instanceError !== undefined) throw context.instanceError as Error
}

function leaveHooks(context: HttpContext): void {
  context.outsideHooks = true
}

function invocation(method: SharedMethod, { remotes, direct }: { remotes: RemoteObjects; direct: DirectCall['call'] | undefined }): Step {
  const readers = readersOf(method, remotes)
  const call = caller(method, readers, direct)
  const shape = resultShaper(method.returns, remotes.flags)
  return (context) => {
    const value = call(context.scope, context.args, context)
    if (!isThenable(value)) {
      context.result = shape(value, context)
      return
    }
    return value.then((resolved) => {
      context.result = shape(resolved, context)
    })
  }
}

type Caller = (scope: unknown, args: Record<string, unknown>, context: HttpContext) => unknown

/** Calls the function that the method has now; how it wants to be called is decided when it is first seen. */
function caller(method: SharedMethod, readers: readonly ArgumentReader[], shortcut?: DirectCall['call']): Caller {
  const replaced = method.direct?.replaces
  let known: Function | undefined
  let call: ((scope: unknown, args: readonly unknown[]) => unknown) | undefined
  return (scope, args, context) => {
    const fn = functionOf(method, scope)
    const values = checkAll(readers, args)
    if (shortcut && fn === replaced) return shortcut.call(method.direct, args, context)
    if (fn !== known || !call) {
      if (!fn) throw errors.REMOTING_METHOD_ABSENT({ name: method.stringName })
      known = fn
      call = methodCaller(fn as UserFunction, readers.length)
    }
    return call(scope, values)
  }
}

/** The values for the call, of what hooks left. */
function checkAll(readers: readonly ArgumentReader[], args: Record<string, unknown>): unknown[] {
  const values: unknown[] = []
  for (const { name, check } of readers) values.push((args[name] = check(args[name])))
  return values
}

/** An instance may have a function of its own; a class is asked for what it holds now. */
function functionOf(method: SharedMethod, scope: unknown): Function | undefined {
  if (method.isSharedCtor) return method.fn
  const own = (scope as Record<string, unknown> | undefined)?.[method.name]
  return typeof own === 'function' ? own : method.fn
}

function listOf(given: UserFunction | readonly UserFunction[] | undefined): readonly UserFunction[] {
  return given === undefined ? [] : typeof given === 'function' ? [given] : given
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
