import { defineFlags } from '@reloop/compat'

/** Where profiles differ in how an application is started from its folder. */
export const flags = defineFlags('boot', {
  refuseUnknownKeys: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A mistyped key in a JSON file stops the start, instead of giving a warning.',
  },
  interpolate: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: '${NAME} is replaced anywhere in a text; otherwise only at its end, and with it the whole text.',
  },
  npmSettings: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'npm_config_host, npm_package_config_port and the like set host and port.',
  },
  throwsAtOnce: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'boot() throws errors of its synchronous part, instead of reporting them to the promise or callback.',
  },
  refuseBuiltInNames: { modern: true, '3.x': false, '2.x': false, about: 'A model definition may not have the name of a built-in model.' },
  mixinsInside: { modern: true, '3.x': false, '2.x': false, about: 'Mixins are loaded from inside the project only.' },
})

/** The flags of one profile. */
export type BootFlags = ReturnType<typeof flags.of>
