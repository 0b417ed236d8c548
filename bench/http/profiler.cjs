// Loaded into a server: profiles it from SIGUSR2 to SIGINT, and leaves the profile, as --cpu-prof writes it, in the file BENCH_PROFILE.
const { writeFileSync } = require('node:fs')
const { Session } = require('node:inspector')

const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.setSamplingInterval', { interval: 200 })

process.once('SIGUSR2', () => session.post('Profiler.start'))
process.once('SIGINT', () =>
  session.post('Profiler.stop', (error, { profile }) => {
    writeFileSync(process.env.BENCH_PROFILE, JSON.stringify(profile))
    process.exit()
  }),
)
