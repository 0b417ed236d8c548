import { createRequire } from 'node:module'
import type { DataSource } from '@reloop/juggler'
import { batchPlugin, errors as remotingErrors, httpPlugin, jsonRpcPlugin, webSocketPlugin, type RequestView } from '@reloop/remoting'
import type { FastifyInstance } from 'fastify'
import type { Application } from './application'
import { tellMounted } from './mounted'
import { settleLimits } from './remotes'

/** What the setting `remoting` says of transports besides REST; `false` leaves one out. */
interface TransportSettings {
  readonly jsonRpc?: boolean
  /** @default on where `@fastify/websocket` is installed */
  readonly webSocket?: boolean
  /** `dataSource`: whose transactions atomic batches run in. @default the only one that has any */
  readonly batch?: boolean | { readonly dataSource?: string }
}

/** Opens the doors of the API: REST, JSON-RPC, WebSocket and batches, all below one root; and tells the models. */
export function mountTransports(app: Application): void {
  settleLimits(app)
  const remotes = app.remotes()
  for (const Model of app.models()) if (Model.shared) tellMounted(app, Model)
  const prefix = String(app.get('restApiRoot') ?? '/api').replace(/\/+$/, '')
  const { jsonRpc, webSocket, batch } = (app.get('remoting') ?? {}) as TransportSettings
  const { fastify } = app
  if (jsonRpc !== false) void fastify.register(mountJsonRpc, { app, prefix })
  if (webSocket ?? isInstalled('@fastify/websocket'))
    void fastify.register(webSocketPlugin, { remotes, prefix, app, authenticate: (req) => identify(app, req) })
  if (batch !== false) void fastify.register(batchPlugin, { remotes, prefix, atomic: (run) => inTransaction(app, run) })
  void fastify.register(httpPlugin, { remotes, prefix, app })
}

/** JSON-RPC reads its messages as text; what a parser of Express has read becomes text again. */
export function mountJsonRpc(
  fastify: FastifyInstance,
  { app }: { readonly app: Application; readonly prefix: string },
  done: () => void,
): void {
  fastify.addHook('preValidation', (request, _reply, next) => {
    if (typeof request.body === 'object' && request.body !== null) request.body = JSON.stringify(request.body)
    next()
  })
  void fastify.register(jsonRpcPlugin, { remotes: app.remotes(), app })
  done()
}

/** A socket belongs to who opened it; a token that is not valid opens none. */
async function identify(app: Application, req: RequestView): Promise<boolean> {
  const { identify: asked, recheck } = app.remotes()
  await asked?.(req)
  // Whoever brings a token that is nobody's is not let in as nobody: the token is looked at anew.
  const looked = req.accessToken === null ? (Object.create(req, { accessToken: { value: undefined, writable: true } }) as RequestView) : req
  return (await recheck?.(looked)) !== false
}

/** Runs an atomic batch in one transaction. */
async function inTransaction(app: Application, run: () => Promise<void>): Promise<unknown> {
  const source = transactional(app)
  if (!source) throw remotingErrors.BATCH_ATOMIC_UNSUPPORTED()
  return source.transaction(() => run())
}

/** The data source that is named for batches, or else the only one that has transactions. */
function transactional(app: Application): DataSource | undefined {
  const { batch } = (app.get('remoting') ?? {}) as TransportSettings
  const named = typeof batch === 'object' ? batch.dataSource : undefined
  if (named !== undefined) return app.dataSources[named]
  const able = [...new Set(Object.values(app.dataSources))].filter((source) => canTransact(source))
  return able.length === 1 ? able[0] : undefined
}

function canTransact(source: DataSource): boolean {
  const { capabilities } = source.connector as { capabilities?: { transactions?: string } }
  return capabilities?.transactions !== undefined && capabilities.transactions !== 'none'
}

/** Whether the package that serves sockets would find it. */
function isInstalled(name: string): boolean {
  try {
    createRequire(require.resolve('@reloop/remoting')).resolve(name)
    return true
  } catch {
    return false
  }
}
