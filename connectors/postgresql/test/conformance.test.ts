import { describeConnector } from '@reloop/connector/conformance'
import { describeOnServer } from './fixtures/server'

describeOnServer('conformance', (database) => {
  describeConnector({ name: 'postgresql', create: () => database.open() })
})
