import { defineFlags } from '@reloop/compat'

/** What the explorer does differently per profile. */
export const flags = defineFlags('explorer', {
  inProduction: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'Whether the explorer is served when NODE_ENV is "production" and the option "enabled" does not say so.',
  },
})
