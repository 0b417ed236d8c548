import { createKeyValueConnector, createMemoryConnector, createTransientConnector } from '../../src/index'

createMemoryConnector({ file: 'db.json', foldAbove: 1000 })
// @ts-expect-error -- there is no setting of that name
createMemoryConnector({ fil: 'db.json' })
createKeyValueConnector({ sweepInterval: 10 })
// @ts-expect-error -- milliseconds are a number
createKeyValueConnector({ sweepInterval: '10' })
createTransientConnector({ generateId: (model, row, idName) => `${model}-${String(row[idName])}` })
