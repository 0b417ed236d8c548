import { defineErrors } from '@reloop/errors'

/** Errors of this connector beside those that all connectors share. */
export const errors = defineErrors({
  REMOTE_KEY_UNSUPPORTED: {
    status: 501,
    message: (p: { model: string }) => `${p.model} has no single id: REST reaches records by one id only.`,
  },
})
