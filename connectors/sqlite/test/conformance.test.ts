import { describeConnector } from '@reloop/connector/conformance'
import { openStore, temporaryFile } from './fixtures/store'

describeConnector({ name: 'sqlite', create: () => openStore().store })

describe('in a file', () => {
  const file = temporaryFile()
  describeConnector({ name: 'sqlite (file)', create: () => openStore({ file }).store })
})
