import type { Contract } from '@reloop/remoting'
import { defined, markdown, type Document } from './document'
import type { Operation } from './operations'

/** Operations under their path and verb, in the order given. */
export function groupByPath(operations: readonly Operation[], write: (operation: Operation) => Document): Document {
  const paths: Record<string, Record<string, Document>> = {}
  for (const operation of operations) (paths[operation.path] ??= {})[operation.verb] = write(operation)
  return paths
}

/** One tag per class that has an operation, sorted. */
export function tagsOf(contract: Contract, operations: readonly Operation[]): readonly Document[] {
  const used = new Set(operations.map((operation) => operation.tag))
  const byName = new Map(contract.classes.filter((owner) => used.has(owner.name)).map((owner) => [owner.name, owner]))
  return [...byName.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, description }) => defined({ name, description: description === undefined ? undefined : markdown(description) }))
}
