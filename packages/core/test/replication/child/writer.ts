import { postgresqlBroker } from '@reloop/connector-postgresql/broker'
import { createApplication, createRegistry, type SharedModel } from '../../../src'

/** An application in a process of its own that writes one record when it is told to, and stops. */
const [url, channel] = process.argv.slice(2) as [string, string]
const broker = postgresqlBroker({ url, channel })
const app = createApplication({ registry: createRegistry(), broker })
app.dataSource('db', { connector: 'memory' })
const Note = app.model(app.registry.createModel({ name: 'Note', properties: { id: { type: 'string', id: true }, title: 'string' } }), {
  dataSource: 'db',
}) as SharedModel & { create(data: object): Promise<unknown> }
void broker.ready().then(() => process.send?.('ready'))
process.on('message', (id) => void Note.create({ id, title: `by ${process.argv[4]}` }))
process.on('disconnect', () => broker.close())
