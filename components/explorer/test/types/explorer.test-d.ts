import type { Application } from '@reloop/core'
import explorer = require('../../src')

declare const app: Application
explorer(app)
const options: explorer.ExplorerOptions = { mountPath: '/explorer', apiInfo: { title: 'x', description: ['a', 'b'] } }
explorer(app, options)
// @ts-expect-error no such option
explorer(app, { mountPth: '/' })
