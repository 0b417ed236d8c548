import { createApplication, type Application } from '../../src'

/** An application with one model, not yet started. */
export function notesApp(settings: Record<string, unknown> = {}): Application {
  const app = createApplication({ settings })
  app.dataSource('db', { connector: 'memory' })
  app.model(app.registry.createModel({ name: 'Note', properties: { title: 'string' } }), { dataSource: 'db' })
  return app
}

/** The address of an application that listens on a free port of this machine. */
export async function start(app: Application): Promise<string> {
  app.set('port', 0)
  app.set('host', '127.0.0.1')
  await app.start()
  return String(app.get('url')).replace(/\/$/, '')
}
