import type { Application } from '../app/application'
import { makeContext, runInContext, type CurrentContext } from '../current-context'
import { chainOf } from './chains'

const applications = new WeakSet<Application>()

/** Every request has a current context from here on; once is enough. */
export function addContexts(app: Application): void {
  if (applications.has(app)) return
  applications.add(app)
  const contexts = new WeakMap<object, CurrentContext>()
  chainOf(app).preludes.push((request, reply, done) => {
    const context = makeContext(request.raw)
    context.set('http', { req: request.raw, res: reply.raw })
    contexts.set(request.raw, context)
    runInContext(() => done(), context)
  })
  // Bodies arrive by the connection, which knows nothing of requests.
  app.fastify.addHook('preValidation', (request, _reply, done) => {
    const context = contexts.get(request.raw)
    if (context) runInContext(() => done(), context)
    else done()
  })
}
