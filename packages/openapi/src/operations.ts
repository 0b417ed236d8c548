import type { Contract, ContractArgument, ContractClass, ContractMethod, ContractReturn, ContractRoute } from '@reloop/remoting'
import { holdsReference } from './types'
import { shapeOf, templateOf, type Template } from './paths'

export const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
export type Verb = (typeof verbs)[number]

/** A parameter outside of the body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly argument: ContractArgument
}

/** One endpoint, before it is written in one of the two languages. */
export interface Operation {
  readonly path: string
  readonly verb: Verb
  readonly id: string
  readonly tag: string
  readonly summary?: string
  readonly notes?: string
  readonly parameters: readonly Parameter[]
  /** The argument that is the whole body. LoopBack's `data` of type object is a record of the class. */
  readonly body?: ContractArgument
  /** Arguments that are members of the body; never together with `body`. */
  readonly members: readonly ContractArgument[]
  /** Status of a reply without error. */
  readonly status: number
  /** Values that make up the reply's body. */
  readonly values: readonly ContractReturn[]
  readonly headers: readonly ContractReturn[]
  readonly errorStatus?: number
}

interface Endpoint {
  readonly owner: ContractClass
  readonly method: ContractMethod
  readonly route: ContractRoute
  readonly verb: Verb
  readonly template: Template
  readonly types: Contract['types']
}

/** The documented endpoints of a contract, sorted by path, then verb. Of two on the same path and verb the first one counts. */
export function operationsOf(contract: Contract): readonly Operation[] {
  const byShape = new Map<string, Template>()
  const taken = new Map<string, Operation>()
  const ids = new Set<string>()
  for (const endpoint of endpointsOf(contract)) {
    const shape = shapeOf(endpoint.template)
    const template = byShape.get(shape) ?? endpoint.template
    byShape.set(shape, template)
    const key = `${shape} ${endpoint.verb}`
    if (!taken.has(key)) taken.set(key, operation(endpoint, template, unique(idOf(endpoint), ids)))
  }
  return [...taken.values()].sort((a, b) => compare(a.path, b.path) || verbs.indexOf(a.verb) - verbs.indexOf(b.verb))
}

function* endpointsOf(contract: Contract): Generator<Endpoint> {
  for (const owner of contract.classes) {
    for (const method of owner.methods) {
      if (!method.documented) continue
      for (const route of method.routes) {
        const verb = verbOf(route.verb)
        if (verb)
          yield {
            owner,
            method,
            route,
            verb,
            types: contract.types,
            template: templateOf(`${owner.path}/${route.path}`.replace(/\/{2,}/g, '/')),
          }
      }
    }
  }
}

function operation(endpoint: Endpoint, template: Template, id: string): Operation {
  const { owner, method, route, verb, types } = endpoint
  const accepts = method.accepts.map((argument) => (holdsReference(argument.default) ? { ...argument, default: undefined } : argument))
  const inPath = endpoint.template.names.map((name, index) => ({
    name: template.names[index]!,
    in: 'path' as const,
    argument: { ...(accepts.find((argument) => argument.name === name) ?? idOfClass(owner, name)), required: true },
  }))
  const rest = accepts.filter((argument) => !endpoint.template.names.includes(argument.name) && argument.source !== 'path')
  const hasBody = verb === 'post' || verb === 'put' || verb === 'patch'
  const body = rest.find((argument) => argument.source === 'body' && (hasBody || verb === 'delete'))
  const isMember = (argument: ContractArgument) => hasBody && (argument.source === 'form' || (argument.source === 'any' && !body))
  const outside = rest.filter((argument) => argument.source !== 'body' && !isMember(argument) && !(argument.source === 'form' && !hasBody))
  const values = method.returns.filter((value) => value.target === undefined)
  return {
    path: template.path,
    verb,
    id,
    tag: owner.name,
    summary: method.description,
    notes: method.notes,
    parameters: [
      ...inPath,
      ...outside.map((argument) => ({
        name: argument.name,
        in: argument.source === 'header' ? ('header' as const) : ('query' as const),
        argument,
      })),
    ],
    body: body?.name === 'data' && body.type === 'object' && Object.hasOwn(types, owner.name) ? { ...body, type: owner.name } : body,
    members: body ? [] : rest.filter(isMember),
    status: route.status ?? (values.length > 0 ? 200 : 204),
    values,
    headers: method.returns.filter((value) => value.target === 'header'),
    errorStatus: route.errorStatus,
  }
}

/** LoopBack's ids: the method's name, with the endpoint behind it when it has several. */
function idOf({ owner, method, verb, template }: Endpoint): string {
  const name = `${owner.name}.${method.name}`
  return method.routes.length > 1 ? `${name}__${verb}${template.path.replaceAll('/', '_')}` : name
}

function unique(id: string, taken: Set<string>): string {
  let free = id
  for (let count = 2; taken.has(free); count++) free = `${id}_${count}`
  taken.add(free)
  return free
}

/** Methods of instances need the id that finds the instance, whether they list it or not. */
function idOfClass(owner: ContractClass, name: string): ContractArgument {
  return { name, type: 'string', required: true, source: 'path', description: `${owner.name} ${name}` }
}

function verbOf(verb: string): Verb | undefined {
  const lower = verb.toLowerCase()
  if (lower === 'all') return 'post'
  if (lower === 'del') return 'delete'
  return verbs.find((known) => known === lower)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
