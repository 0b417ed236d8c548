import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { createApplication, createRegistry, type Application, type SharedModel } from '../../src'

const app: Application = createApplication({ registry: createRegistry({ compat: '2.x' }), settings: { port: 3000 } })
const Note: SharedModel = app.registry.createModel({ name: 'Note', properties: { title: 'string' } })
app.model(Note, { dataSource: 'db', public: false })
// @ts-expect-error -- public is yes or no
app.model(Note, { public: 'no' })
// @ts-expect-error -- there is no such profile
createApplication({ compat: '4.x' })

const server: Server = app.listen(3000)
createServer(app)
const started: Promise<Server> = app.start()
const setting: unknown = app.get('port')
const chained: Application = app.set('a', 1).enable('b')
void [server, started, setting, chained]
Note.remoteMethod('greet', { accepts: { arg: 'name', type: 'string' }, http: { verb: 'get' } })
// @ts-expect-error -- a hook is a function
Note.beforeRemote('greet', 'not a function')
