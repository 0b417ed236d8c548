import type { RemoteObjects } from '../contract/remote-objects'
import { jsonRpcPlugin } from '../json-rpc/plugin'
import { joined } from './joined'
import { makeListener, type Listener } from './listener'

/** A path that answers JSON-RPC. */
export interface JsonRpcRoute {
  readonly verb: 'POST'
  readonly path: string
}

/** LoopBack's JSON-RPC adapter: `POST /<Class>/jsonrpc`, and `POST /jsonrpc` for the methods of all classes. */
export class JsonRpcAdapter {
  readonly name = 'jsonrpc'
  readonly remotes: RemoteObjects

  constructor(remotes: RemoteObjects) {
    this.remotes = remotes
  }

  /** The paths of all classes. */
  allRoutes(): JsonRpcRoute[] {
    const paths = this.remotes.classes().map(({ name }) => joined(`/${name}`, 'jsonrpc'))
    return ['/jsonrpc', ...paths].map((path) => ({ verb: 'POST', path }))
  }

  /** Makes the function that serves requests. */
  createHandler(): Listener {
    return makeListener(this.remotes, jsonRpcPlugin)
  }
}
