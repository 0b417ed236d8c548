import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const opened = new WeakMap<Server, Set<Socket>>()

/** Remembers the connections of a server while they last: also those that Node's server has handed on, as to WebSocket. */
export function followConnections(server: Server): void {
  const sockets = new Set<Socket>()
  opened.set(server, sockets)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
}

/**
 * Closes the connections of a server that no request is in. Those that never sent a byte, as clients open them beforehand, count as busy
 * for Node.
 */
export function closeIdle(server: Server): void {
  server.closeIdleConnections()
  for (const socket of opened.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy()
}

/**
 * Cuts all connections of a server.
 *
 * @returns how many there were
 */
export function cutAll(server: Server): number {
  let cut = 0
  for (const socket of opened.get(server) ?? []) {
    if (socket.destroyed) continue
    cut++
    socket.destroy()
  }
  return cut
}
