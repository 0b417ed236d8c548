// How long City.nearest takes among all cities: node bench/atlas/nearest.mjs
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
process.env.ATLAS_FILE ??= ':memory:'
const start = require('../../examples/atlas/server/server.js')

const places = {
  Zürich: [47.37, 8.54],
  'New York': [40.71, -74.0],
  'Point Nemo': [-48.88, -123.39],
  Tokyo: [35.68, 139.69],
  McMurdo: [-77.85, 166.67],
}
const app = await start({ listen: false })
console.log('place        median ms   worst ms of 50')
for (const [name, [lat, lng]] of Object.entries(places)) {
  const runs = []
  for (let run = 0; run < 50; run++) {
    const started = performance.now()
    const cities = await app.models.City.nearest(lat + run / 1000, lng)
    runs.push(performance.now() - started)
    if (cities.length !== 10) throw new Error(`${name}: ${cities.length} cities instead of 10`)
  }
  runs.sort((a, b) => a - b)
  console.log(`${name.padEnd(12)} ${runs[25].toFixed(1).padStart(9)} ${runs.at(-1).toFixed(1).padStart(16)}`)
}
await app.stop()
