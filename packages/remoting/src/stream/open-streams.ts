import type { RemoteObjects } from '../contract/remote-objects'

const open = new WeakMap<RemoteObjects, Set<() => void>>()

/**
 * Remembers how to end something that stays open until somebody ends it.
 *
 * @param remotes what it belongs to
 * @param end ends it
 * @returns function that forgets it
 */
export function rememberOpen(remotes: RemoteObjects, end: () => void): () => void {
  const all = open.get(remotes) ?? new Set<() => void>()
  open.set(remotes, all)
  all.add(end)
  return () => void all.delete(end)
}

/** Ends all streams and sockets: a server that stops would otherwise wait for their clients. */
export function endOpen(remotes: RemoteObjects): void {
  for (const end of [...(open.get(remotes) ?? [])]) end()
}
