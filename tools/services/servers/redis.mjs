import { onPath } from '../../run/on-path.mjs'
import { answers, launch, waitUntil } from '../process.mjs'

/** Redis (or Valkey): an installed one, else apt. */
export const redis = {
  variable: 'RELOOP_TEST_REDIS_URL',
  stopSignal: 'SIGTERM',
  apt: ['redis-server'],
  missing: 'Redis: install redis-server (Debian, Ubuntu) or redis (Homebrew)',
  find: () => onPath('redis-server', 'valkey-server'),
  async start({ found, dir, port, account, started }) {
    const pid = await launch([found, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir], { dir, account })
    started(pid)
    await waitUntil(() => answers(port, { send: 'PING\r\n', expect: /\+PONG/ }), { pid, dir, name: 'Redis' })
    return { pid, url: `redis://127.0.0.1:${port}` }
  },
}
