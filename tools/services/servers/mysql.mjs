import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAs } from '../account.mjs'
import { onPath } from '../../run/on-path.mjs'
import { answers, launch, waitUntil } from '../process.mjs'

/** MariaDB: an installed one, else apt. */
export const mysql = {
  variable: 'RELOOP_TEST_MYSQL_URL',
  stopSignal: 'SIGTERM',
  apt: ['mariadb-server'],
  missing: 'MariaDB: install mariadb-server (Debian, Ubuntu) or mariadb (Homebrew)',
  find() {
    const found = {
      server: onPath('mariadbd', 'mysqld'),
      install: onPath('mariadb-install-db', 'mysql_install_db'),
      defaults: onPath('my_print_defaults'),
    }
    return found.server && found.install && found.defaults ? found : undefined
  },
  async start({ found, dir, port, account, started }) {
    const data = join(dir, 'data')
    const install = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${data}`]
    runAs(account, [found.install, ...install], { cwd: dir })
    const first = join(dir, 'first.sql')
    writeFileSync(first, 'CREATE DATABASE IF NOT EXISTS test CHARACTER SET utf8mb4;\n')
    const place = [`--datadir=${data}`, `--port=${port}`, `--socket=${join(dir, 'socket')}`, `--pid-file=${join(dir, 'pid')}`]
    const manner = ['--bind-address=127.0.0.1', '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', `--init-file=${first}`]
    const pid = await launch([found.server, '--no-defaults', ...place, ...manner], { dir, account })
    started(pid)
    await waitUntil(() => answers(port, { expect: /mysql_native_password|MariaDB/ }), { pid, dir, name: 'MariaDB' })
    return { pid, url: `mysql://root@127.0.0.1:${port}/test` }
  },
}
