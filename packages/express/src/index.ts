// The bridge, which applications use by themselves
export { createExpressBridge } from './bridge'

// Express 4 itself: Router, static, json, …
export { express } from './load'
export type { Express, ExpressApplication, Handler, Next, Router } from './express-types'
