import { postgresqlBroker } from '../../../src/broker'

/** Publishes in a process of its own: so many numbered messages, and a long one; answers what it hears on the topic `to-child`. */
const [url, channel, count] = process.argv.slice(2) as [string, string, string]
const broker = postgresqlBroker({ url, channel })
broker.subscribe('to-child', (message) => {
  if (message === 'end') return broker.close()
  broker.publish('echo', message)
})
void broker.ready().then(() => {
  for (let n = 0; n < Number(count); n++) broker.publish('numbers', { n, from: process.pid, pad: n % 50 === 0 ? 'ä€😀'.repeat(3000) : '' })
  broker.publish('done', process.pid)
})
