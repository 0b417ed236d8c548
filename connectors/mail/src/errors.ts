import { defineErrors } from '@reloop/errors'

/** Errors of mails and transports. */
export const errors = defineErrors({
  MAIL_TRANSPORT_UNKNOWN: {
    status: 400,
    message: (p: { name: string; known: readonly string[] }) =>
      `There is no mail transport "${p.name}". Known: ${p.known.length > 0 ? p.known.join(', ') : 'none'}.`,
  },
  MAIL_TRANSPORT_INVALID: {
    message: (p: { type: string; problem: string }) => `The mail transport of type "${p.type}" cannot be made: ${p.problem}`,
    hint: 'Use the type "smtp", or install the plugin of nodemailer for this type.',
  },
  MAIL_HEADER_INVALID: {
    status: 400,
    message: (p: { property: string }) => `The property "${p.property}" of a mail must not hold line breaks.`,
  },
  MAIL_CONTENT_REFUSED: {
    status: 400,
    message: (p: { property: string }) => `The property "${p.property}" of a mail must be its content, not a place to read it from.`,
    hint: 'Read the file yourself, or allow it in the settings: disableFileAccess: false, disableUrlAccess: false.',
  },
})
