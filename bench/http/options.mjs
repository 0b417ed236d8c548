import { parseArgs } from 'node:util'

const usage = `Usage: node http/index.mjs [--rounds 5] [--seconds 3] [--only W1,W2] [--peers reloop,fastify] [--dry]
  --only     workloads, by name
  --peers    peers whose name holds one of these (the base always runs)
  --dry      do not write README.md`

/** The command line, checked. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string' },
      peers: { type: 'string' },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
  if (values.help || !(rounds >= 1) || !(seconds >= 1)) {
    console.log(usage)
    process.exit(values.help ? 0 : 1)
  }
  return { rounds, seconds, only: listOf(values.only), peers: listOf(values.peers), dry: values.dry }
}

function listOf(text) {
  return text?.split(',').map((part) => part.trim().toLowerCase())
}
