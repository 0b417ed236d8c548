import { defineFlags } from '@reloop/compat'

/** What differs between the profiles where models meet HTTP. */
export const flags = defineFlags('core', {
  replaceOnPUT: { modern: true, '3.x': true, '2.x': false, about: 'PUT replaces a record; otherwise it patches it.' },
  patchNames: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'patchOrCreate and patchAttributes are the names, upsert and updateAttributes aliases; otherwise the other way round.',
  },
  injectOptions: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'Built-in methods take an argument `options` that the server computes.',
  },
  prototypePrefix: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'The prefix "prototype." of a remote method’s name decides whether it is static.',
  },
  arrayCreate: { modern: true, '3.x': true, '2.x': false, about: 'create accepts a list of objects by declaration.' },
  modelByName: { modern: false, '3.x': false, '2.x': true, about: 'app.model("Name", config) builds a model on the fly.' },
  emptyHasOne: {
    modern: 'related',
    '3.x': 'related',
    '2.x': 'unknown',
    about: 'What a client reads when a to-one relation has no record: No "X" instance(s) found, or Unknown "X" id "undefined".',
  },
  emptyWhere: {
    modern: 'refuse',
    '3.x': 'all',
    '2.x': 'all',
    about:
      'A bulk change whose where has no condition is refused with 400; otherwise only a missing where is, with 500, and {} reaches every row.',
  },
  currentContext: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'Every request has a current context, and loopback.getCurrentContext() gives it.',
  },
  etag: { modern: false, '3.x': true, '2.x': true, about: 'Replies have a weak ETag, and conditional requests are answered with 304.' },
  nestByOption: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'The option nestRemoting of a relation offers the methods of the related model; a relation is nested once.',
  },
  sharesAggregate: { modern: true, '3.x': false, '2.x': false, about: 'GET /aggregate is offered without asking for it.' },
  renewsApplicationKeys: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about:
      'The keys of an Application change whenever it is saved, and clients see them; otherwise only resetKeys changes them, they are hidden, and rules deny everybody.',
  },
  keyValueTtl: { modern: true, '3.x': true, '2.x': false, about: 'GET /:key/ttl is offered.' },
})

/** The flags of one profile. */
export type CoreFlags = ReturnType<typeof flags.of>
