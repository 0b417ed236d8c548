import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as index from '../../src'
import { describeConnector } from '../../src/conformance'

const guide = readFileSync(join(__dirname, '../../../../docs/contributing/writing-a-connector.md'), 'utf8')
const [, code] = /```js\n([^]*?)```/.exec(guide)!
const load = (name: string): unknown => (name === '@reloop/connector' ? index : undefined)

const exported: { connector?: index.ConnectorDefinition } = {}
// The example of the guide, as its reader would run it.
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- text of our own
new Function('require', 'exports', code!)(load, exported)

describeConnector({ name: 'the connector of the guide', create: () => exported.connector!.create({}, { dataSource: 'test', load }) })
