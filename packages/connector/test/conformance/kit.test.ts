import { describeConnector } from '../../src/conformance'
import { ReferenceStore } from './reference-store'

describeConnector({ name: 'reference store', create: () => new ReferenceStore() })
