import { RemoteObjects, SharedClass, errors, type Contract, type HttpContext } from '../../src'

const remotes = RemoteObjects.create({ limits: { body: { json: 1024 } } }, '3.x')
const shared = new SharedClass('Note', class {})

shared.defineMethod('find', { accepts: [{ arg: 'filter', type: 'object', http: (ctx: HttpContext) => ctx.query }], http: { verb: 'get' } })
shared.defineMethod('read', { accepts: { arg: 'id', type: 'any', http: { source: 'path' } } })
// @ts-expect-error -- there is no such source
shared.defineMethod('bad', { accepts: { arg: 'id', type: 'any', http: { source: 'cookie' } } })
// @ts-expect-error -- there is no such kind of access
shared.defineMethod('bad', { accessType: 'ALL' })
// @ts-expect-error -- there is no such profile
RemoteObjects.create({}, '4.x')
// @ts-expect-error -- a bound is a number
RemoteObjects.create({ limits: { url: 'long' } })

const contract: Contract = remotes.contract({ basePath: '/api' })
const verb: string | undefined = contract.classes[0]?.methods[0]?.routes[0]?.verb
void verb
// @ts-expect-error -- a contract is not to be changed
contract.basePath = '/'

errors.REMOTING_ARGUMENT_MISSING({ name: 'x' })
// @ts-expect-error -- the parameter has a name
errors.REMOTING_ARGUMENT_MISSING({})
