import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'

const readme = join(import.meta.dirname, '..', 'README.md')
const [begin, end] = ['<!-- http: begin -->', '<!-- http: end -->']

/**
 * The results as tables: medians over the rounds, ratios from each round's own base.
 *
 * @param results rounds of peers of workloads: `results[round][peer][workload] = { rate, cpu, p50, p99 }`
 */
export function tablesOf(results, { peers, workloads, options }) {
  const cells = (write) => peers.map((peer) => [peer.name, ...workloads.map((workload) => write(peer.name, workload.name))])
  const head = ['', ...workloads.map(({ name, title }) => `${name} ${title}`)]
  const over = (pick) => (peer, workload) =>
    median(results.flatMap((round) => (round[peer][workload] ? [pick(round[peer][workload], round[peers[0].name][workload])] : [])))
  const ratio = over((own, base) => own.rate / base.rate)
  const cpu = over((own) => own.cpu)
  const cpuRatio = over((own, base) => base.cpu / own.cpu)
  const p99 = over((own, base) => own.p99 / base.p99)
  return [
    `Medians of ${options.rounds} rounds of ${options.seconds} s; Node ${process.versions.node}, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)} at the end. Ratios carry over, absolute figures do not.`,
    `Requests per second, as a ratio to ${peers[0].name} in the same round:`,
    table(
      head,
      cells((peer, workload) => figure(ratio(peer, workload))),
    ),
    `The server's processor time, µs per request (in brackets the base's as a ratio to it, which other load on the machine hardly touches):`,
    table(
      head,
      cells((peer, workload) => `${micros(cpu(peer, workload))} (${figure(cpuRatio(peer, workload))})`),
    ),
    `p99 latency, as a multiple of the base's:`,
    table(
      head,
      cells((peer, workload) => figure(p99(peer, workload))),
    ),
  ].join('\n\n')
}

/** Writes the tables between the markers of README.md. */
export function writeReadme(tables) {
  const text = readFileSync(readme, 'utf8')
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)]
  if (start < 0 || stop < start) throw new Error(`${readme} has no markers ${begin} and ${end}.`)
  writeFileSync(readme, `${text.slice(0, start + begin.length)}\n\n${tables}\n\n${text.slice(stop)}`)
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function figure(value) {
  // A peer that answered nothing in its time has neither.
  if (!Number.isFinite(value)) return '–'
  return value >= 10 ? value.toFixed(0) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(1)
}

function micros(value) {
  return Number.isFinite(value) ? String(Math.round(value)) : '–'
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
