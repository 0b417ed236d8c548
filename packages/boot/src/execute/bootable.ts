import type { Profile } from '@reloop/compat'
import type { Application } from '@reloop/core'

/** The application as a start uses it. */
export type Bootable = Application & { booting?: boolean }

/** The profile that an application answers by. */
export function profileOf(app: Bootable): Profile | undefined {
  return (app as Partial<Bootable>).registry?.profile
}
