// The application under load: one model on PostgreSQL.
const reloop = require('reloop')

const app = reloop({ localRegistry: true })
app.dataSource('db', { connector: 'postgresql', url: process.env.SOAK_URL })
const Note = app.registry.createModel(
  'Note',
  { key: { type: 'string', required: true, index: { unique: true } }, text: 'string', version: { type: 'number', default: 0 } },
  { strict: true },
)
app.model(Note, { dataSource: 'db' })

process.on('SIGUSR2', () => global.gc())

async function main() {
  await app.dataSources.db.autoupdate()
  const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${server.address().port}\n`))
}

void main()
