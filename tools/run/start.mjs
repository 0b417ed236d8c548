// npm start: sets everything up and runs examples/atlas. PORT chooses the port (default 3000).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './command.mjs'
import { setUp } from './setup.mjs'
import { main } from './step.mjs'

await main(async () => {
  await setUp()
  const server = spawn(process.execPath, [join(root, 'examples/atlas/server/server.js')], {
    stdio: 'inherit',
    env: { PORT: '3000', ...process.env },
  })
  // The terminal hands Ctrl-C to both; we stay until the server has ended, and end like it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || server.kill(signal))
  server.once('exit', (code, signal) => (process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
})
