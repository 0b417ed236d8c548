'use strict'

/** A bar that redraws itself on a terminal, and a line per tenth elsewhere. */
module.exports = function progress(title, total, out = process.stderr) {
  let drawn = -1
  const started = Date.now()
  return function advance(done) {
    const tenths = Math.floor((done / total) * (out.isTTY ? 100 : 10))
    if (tenths === drawn) return
    drawn = tenths
    const full = Math.round((done / total) * 30)
    const bar = '█'.repeat(full) + '░'.repeat(30 - full)
    const line = `${title} ${bar} ${done.toLocaleString('en')}/${total.toLocaleString('en')} ${((Date.now() - started) / 1000).toFixed(1)} s`
    out.write(out.isTTY ? `\r${line}${done === total ? '\n' : ''}` : `${line}\n`)
  }
}
