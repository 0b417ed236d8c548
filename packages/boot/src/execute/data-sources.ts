import { errors } from '../errors'
import { isPlain } from '../compile/merge'
import type { Instructions } from '../instructions'
import type { Bootable } from './bootable'
import { resolveDynamic, type Dynamic } from './dynamic'

/** Makes the data sources; the environment variable LB_LAZYCONNECT_DATASOURCES sets `lazyConnect` on all of them. */
export function makeDataSources(app: Bootable, { dataSources }: Instructions, dynamic: Omit<Dynamic, 'file'>): void {
  const lazy = process.env.LB_LAZYCONNECT_DATASOURCES
  const more = lazy === undefined ? {} : { lazyConnect: lazy !== 'false' && lazy !== '0' }
  for (const [name, config] of Object.entries(dataSources)) {
    if (!isPlain(config)) throw errors.DATA_SOURCE_INVALID({ name })
    app.dataSource(name, { ...(resolveDynamic(config, { ...dynamic, file: `datasources.json: ${name}` }) as object), ...more })
  }
}
