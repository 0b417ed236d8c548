import type { Contract, ContractArgument, ContractClass, ContractMethod, ContractReturn, ContractRoute } from './contract'
import type { ArgumentOptions, ReturnOptions } from './method-options'
import type { RemoteObjects } from './remote-objects'
import type { SharedClass } from './shared-class'
import type { NamedOptions, Route, SharedMethod } from './shared-method'

/** What a contract says about the whole. */
export interface DescribeOptions {
  /** @default '/' */
  readonly basePath?: string
  readonly title?: string
  readonly version?: string
  readonly description?: string
}

/**
 * Describes everything that is offered as plain JSON.
 *
 * @param remotes the shared classes
 * @param options base path, title and version
 * @example writeFileSync('contract.json', JSON.stringify(describeContract(remotes, { basePath: '/api' })))
 */
export function describeContract(remotes: RemoteObjects, options: DescribeOptions = {}): Contract {
  const { basePath = '/', title = 'API', version = '1.0.0', description } = options
  return defined({
    reloop: 1 as const,
    basePath,
    info: defined({ title, version, description }),
    classes: remotes.classes().map(describeClass),
    types: remotes.typeSchemas(),
  })
}

function describeClass(sharedClass: SharedClass): ContractClass {
  const base = (Object.getPrototypeOf(sharedClass.ctor) as { modelName?: string } | null)?.modelName
  return defined({
    name: sharedClass.name,
    path: sharedClass.path,
    description: sharedClass.description,
    base,
    methods: sharedClass.methods().map(describeMethod),
  })
}

function describeMethod(method: SharedMethod): ContractMethod {
  return defined({
    name: method.fullName,
    aliases: [...method.aliases],
    isStatic: method.isStatic,
    accessType: method.accessType,
    description: text(method.description),
    notes: text(method.notes),
    documented: method.documented,
    accepts: [...(method.sharedCtor?.accepts ?? []), ...method.accepts].filter(isSent).map(describeArgument),
    returns: method.returns.map(describeReturn),
    routes: method.endpoints().map(describeRoute),
  })
}

/** Arguments that the server computes, and the objects of the request, are none that a client sends. */
function isSent({ http, documented }: NamedOptions<ArgumentOptions>): boolean {
  if (documented === false || typeof http === 'function' || typeof http === 'string') return false
  return !['req', 'res', 'context'].includes(http?.source ?? '')
}

function describeArgument(argument: NamedOptions<ArgumentOptions>): ContractArgument {
  const given = typeof argument.http === 'object' ? argument.http.source : undefined
  const source = given === 'formData' ? 'form' : (given ?? 'any')
  return defined({
    name: argument.arg,
    type: typeof argument.model === 'string' && argument.type === 'object' ? argument.model : argument.type,
    required: argument.required === true,
    description: text(argument.description),
    root: argument.root === true || source === 'body' || undefined,
    source: source as ContractArgument['source'],
    allowArray: argument.allowArray || undefined,
    default: argument.default,
  })
}

function describeReturn(entry: NamedOptions<ReturnOptions>): ContractReturn {
  const target = entry.http?.target
  return defined({
    name: entry.arg,
    type: entry.type,
    root: entry.root === true,
    description: text(entry.description),
    target,
    header: target === 'header' ? (entry.http?.header ?? entry.arg) : undefined,
  })
}

function describeRoute({ verb, path, status, errorStatus }: Route): ContractRoute {
  return defined({ verb, path, status, errorStatus })
}

function text(given: string | readonly string[] | undefined): string | undefined {
  return typeof given === 'string' ? given : given?.join('\n')
}

/** The same without members that are undefined: JSON has none. */
function defined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T
}
