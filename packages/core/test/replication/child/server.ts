import type { AddressInfo } from 'node:net'
import { itemServer } from '../items'

/** A server in a process of its own; tells its port and how much it has written, and ends by being killed. */
const { app, Item } = itemServer({ connector: 'memory', file: process.argv[2] })
let writes = 0
const told = () => void process.send?.({ writes: ++writes })
;(Item.observe as (name: string, hook: () => void) => void).call(Item, 'before save', told)
const server = app.listen(0, '127.0.0.1')
server.once('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }))
