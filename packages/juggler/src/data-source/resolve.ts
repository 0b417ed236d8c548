import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { isConnectorDefinition, errors as connectorErrors, type ConnectorDefinition } from '@reloop/connector'
import { errors } from '../errors'
import type { PlainObject } from '../value/plain'

/** Connectors that the memory package holds; loaded when a data source asks for one. */
const bundled: ReadonlySet<string> = new Set(['memory', 'kv-memory', 'transient'])

/** A definition of ours, or a module of LoopBack's. */
export type Resolved = { readonly definition: ConnectorDefinition } | { readonly module: unknown }

/** Finds a connector by name, from the folder of the application: ours first, then LoopBack's, then the bare name. */
export function resolveConnector(name: string): Resolved {
  if (bundled.has(name)) return { definition: bundledConnector(name) }
  const tried = isAbsolute(name) || name.startsWith('.') ? [name] : [`@reloop/connector-${name}`, `loopback-connector-${name}`, name]
  for (const candidate of tried) {
    const module = loadFromApplication(candidate)
    if (module !== undefined) return asResolved(module, name)
  }
  throw errors.CONNECTOR_NOT_FOUND({ connector: name, tried })
}

/** A module that was given or found: our definition where it has one. */
export function asResolved(module: unknown, name?: string): Resolved {
  const exported = module as { connector?: unknown; default?: unknown; connectors?: PlainObject }
  const named = name !== undefined && exported.connectors ? exported.connectors[name] : undefined
  for (const candidate of [named, module, exported.connector, exported.default])
    if (isConnectorDefinition(candidate)) return { definition: candidate }
  return { module: exported.default ?? module }
}

function bundledConnector(name: string): ConnectorDefinition {
  // Loaded when it is asked for, and not before: an application over a database never pays for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { connectors } = require('@reloop/connector-memory') as { connectors: Readonly<Record<string, ConnectorDefinition>> }
  return connectors[name]!
}

/** Loads a package as the application would; undefined when it is not installed. What it throws itself is thrown. */
function loadFromApplication(name: string): unknown {
  for (const from of applicationFolders()) {
    const load = createRequire(from)
    let path: string
    try {
      path = load.resolve(name)
    } catch {
      continue
    }
    return load(path)
  }
  return undefined
}

function applicationFolders(): readonly string[] {
  const main = require.main?.filename ?? process.argv[1]
  return [join(process.cwd(), 'noop.js'), ...(main ? [main] : []), __filename]
}

/** Loads a connector's driver from the application's folder. */
export function driverLoader(connector: string): (driver: string) => unknown {
  return (driver) => {
    const module = loadFromApplication(driver)
    if (module === undefined) throw connectorErrors.CONNECTOR_DRIVER_MISSING({ connector, driver })
    return module
  }
}
