import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'

const readme = join(import.meta.dirname, '..', 'README.md')
const [begin, end] = ['<!-- juggler: begin -->', '<!-- juggler: end -->']

/** Medians over the rounds, ratios from each round's own base. */
export function tables(results, { peers, workloads, options }) {
  const [base] = peers
  const over = (pick) => (peer, workload) => median(results.map((round) => pick(round[peer][workload], round[base][workload])))
  const rate = over((own) => own.rate)
  const ratio = over((own, other) => own.rate / other.rate)
  const cpu = over((own, other) => other.cpu / own.cpu)
  const head = ['', ...workloads.map(([name, title]) => `${name} ${title}`)]
  const rows = (write) => peers.map((peer) => [peer, ...workloads.map(([workload]) => write(peer, workload))])
  return [
    `Medians of ${options.rounds} rounds of ${options.seconds} s; Node ${process.versions.node}, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)} at the end; a file below ${os.tmpdir()}.`,
    `Per second (in brackets the ratio to ${base} in the same round):`,
    table(
      head,
      rows((peer, workload) => `${Math.round(rate(peer, workload))} (${ratio(peer, workload).toFixed(2)})`),
    ),
    `The base's processor time per operation as a ratio to the peer's:`,
    table(
      head,
      rows((peer, workload) => cpu(peer, workload).toFixed(2)),
    ),
  ].join('\n\n')
}

/** Writes the tables between the markers of README.md. */
export function writeReadme(text) {
  const whole = readFileSync(readme, 'utf8')
  const [start, stop] = [whole.indexOf(begin), whole.indexOf(end)]
  if (start < 0 || stop < start) throw new Error(`${readme} has no markers ${begin} and ${end}.`)
  writeFileSync(readme, `${whole.slice(0, start + begin.length)}\n\n${text}\n\n${whole.slice(stop)}`)
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
