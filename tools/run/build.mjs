// npm run build: sets everything up, which builds every package.
import { setUp } from './setup.mjs'
import { main } from './step.mjs'

await main(setUp)
