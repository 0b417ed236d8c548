import { defineErrors } from '@reloop/errors'

/** Errors of the explorer. */
export const errors = defineErrors({
  EXPLORER_APP_INVALID: {
    message: (p: { missing: string }) => `The explorer needs an application with "${p.missing}".`,
    hint: 'Pass the application that createApplication() of @reloop/core (or reloop()) returns.',
  },
  EXPLORER_FOLDER_MISSING: {
    message: (p: { folder: string }) => `The folder "${p.folder}" in uiDirs of the explorer does not exist.`,
  },
})
