import type { RemoteObjects } from '../contract/remote-objects'
import type { SharedMethod } from '../contract/shared-method'
import { errors } from '../errors'
import type { HttpContext } from '../invoke/context'
import { asError } from '../legacy'
import type { Connection } from './connection'
import type { RemoteMethod } from './remote-method'
import { RestClient } from './rest-client'
import { tokenIn } from './token-in'

/** A call that is sent to a server, as client-side hooks see it. */
interface Invocation {
  readonly method: unknown
  readonly methodString: string
  readonly ctorArgs: readonly unknown[]
  readonly args: readonly unknown[]
  readonly scope: unknown
  result: unknown
  error: unknown
}

/** The client of shared classes whose methods run on another server. */
export class RemoteInvoke {
  readonly #remotes: RemoteObjects
  readonly #connection: Connection
  #client: RestClient | undefined
  #version = ''

  constructor(remotes: RemoteObjects, connection: Connection) {
    this.#remotes = remotes
    this.#connection = connection
  }

  /** Calls a method with arguments by position; gives the results in order of `returns`. Hooks run on this side as well. */
  async invoke(name: string, ctorArgs: readonly unknown[], args: readonly unknown[]): Promise<readonly unknown[]> {
    const client = this.#current()
    const remote = client.method(name)
    const method = this.#remotes.findMethod(remote.name)
    const { hooks } = this.#remotes
    const call: Invocation = { method, methodString: remote.name, ctorArgs, args, scope: method?.ctor, result: undefined, error: undefined }
    const run = async (kind: 'before' | 'after' | 'afterError') => {
      for (const step of hooks.matching(kind, remote.name)) await step(call as unknown as HttpContext)
    }
    try {
      await run('before')
      const given = [...ctorArgs, ...args]
      const sent = namesFor(given.length, remote, method)
      if (given.length > sent.length)
        throw errors.CLIENT_ARGUMENTS_EXCESS({ method: remote.name, expected: sent.length, given: given.length })
      const named = Object.fromEntries(given.map((value, index) => [sent[index]!, value] as const))
      const token = this.#remotes.options.rest?.passAccessToken ? tokenIn(args) : undefined
      const values = await client.values(remote.name, named, token === undefined ? {} : { headers: { authorization: token } })
      call.result = values.length < 2 ? values[0] : values
      await run('after')
      return values.length < 2 ? [call.result] : (call.result as readonly unknown[])
    } catch (error) {
      call.error = asError(error)
      await run('afterError')
      throw call.error
    }
  }

  /** The client for the classes as they are now. */
  #current(): RestClient {
    const version = [this.#remotes.version, ...this.#remotes.classes().map((shared) => shared.version)].join()
    if (this.#client && version === this.#version) return this.#client
    this.#version = version
    return (this.#client = new RestClient(this.#remotes.contract(), this.#connection))
  }
}

/** Names of what is sent; where more was given, of everything that the method accepts: LoopBack counts what its server computes. */
function namesFor(count: number, remote: RemoteMethod, method: SharedMethod | undefined): readonly string[] {
  const sent = remote.method.accepts.map(({ name }) => name)
  if (count <= sent.length || !method) return sent
  return [...(method.sharedCtor?.accepts ?? []), ...method.accepts].map(({ arg }) => arg)
}
