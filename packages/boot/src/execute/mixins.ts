import type { Instructions } from '../instructions'
import type { Bootable } from './bootable'
import { requiredFunction } from './functions'

/** Makes mixins known to the models of the application. */
export function defineMixins(app: Bootable, { mixins }: Instructions): void {
  for (const { name, sourceFile } of mixins) app.registry.modelBuilder.mixins.define(name, requiredFunction('Mixin', sourceFile))
}
