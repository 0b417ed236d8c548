import type { FastifyReply, FastifyRequest } from 'fastify'
import { chainOf } from './chains'
import { argumentsOf, optionsOf } from './entry-config'
import type { Twin } from './twins'

/** A header, or none, for what the entry says. */
type HeaderOf = (params: unknown) => readonly [name: string, value: string] | undefined

/** The parts of helmet that projects of LoopBack 3 begin with: one header each, so that no package is needed for them. */
const parts: Readonly<Record<string, HeaderOf>> = {
  xssFilter: () => ['x-xss-protection', '1; mode=block'],
  frameguard: (params) => ['x-frame-options', frameAction(params)],
  hsts: (params) => ['strict-transport-security', transportSecurity(params)],
  ieNoOpen: () => ['x-download-options', 'noopen'],
  noSniff: () => ['x-content-type-options', 'nosniff'],
  noCache: () => ['cache-control', 'no-store, no-cache, must-revalidate, proxy-revalidate'],
  // Nothing tells what the server is made of.
  hidePoweredBy: () => undefined,
}

/** The twins of `helmet#xssFilter` and its like. */
export const helmetParts: Readonly<Record<string, Twin>> = Object.fromEntries(
  Object.entries(parts).map(([name, headerOf]) => [`helmet#${name}`, headerTwin(headerOf)]),
)

function headerTwin(headerOf: HeaderOf): Twin {
  return (app, { params }) => {
    const header = headerOf(params)
    if (!header) return
    chainOf(app).preludes.push((_request: FastifyRequest, reply: FastifyReply, done) => {
      reply.header(...header)
      done()
    })
  }
}

function frameAction(params: unknown): string {
  const [first] = argumentsOf(params)
  const action = typeof first === 'string' ? first : optionsOf(params).action
  return (typeof action === 'string' ? action : 'sameorigin').toUpperCase()
}

function transportSecurity(params: unknown): string {
  const { maxAge = 15_552_000, includeSubdomains = true, includeSubDomains = includeSubdomains, preload } = optionsOf(params)
  return [`max-age=${String(maxAge)}`, ...(includeSubDomains ? ['includeSubDomains'] : []), ...(preload ? ['preload'] : [])].join('; ')
}
