import { defineFlags } from '@reloop/compat'

/** What differs between the profiles where methods meet wires. */
export const flags = defineFlags('remoting', {
  coercion: {
    modern: 'typed',
    '3.x': 'typed',
    '2.x': 'loose',
    about: 'How text becomes a value of the declared type: typed conversion, or the loose guesses of 2.x.',
  },
  scalarsFromLists: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'A repeated or bracketed query parameter is converted for a scalar argument; otherwise it is refused with 400.',
  },
  argsParameter: { modern: false, '3.x': false, '2.x': true, about: 'Arguments may come as one JSON object in the parameter "args".' },
  unknownMediaTypes: {
    modern: 'refuse',
    '3.x': 'ignore',
    '2.x': 'ignore',
    about: 'A body of an unknown media type is refused with 415, or counts as {}.',
  },
  errorShape: {
    modern: '3.x',
    '3.x': '3.x',
    '2.x': '2.x',
    about: 'Error replies: masked and filtered (3.x), or with every property of the error (2.x).',
  },
  errorCodes: { modern: true, '3.x': false, '2.x': false, about: 'Errors that had no code in LoopBack carry one.' },
  classGap: { modern: ' ', '3.x': ' ', '2.x': '  ', about: 'Space between "Shared class" and the name in the reply to an unknown method.' },
  cors: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'Cross-origin requests of any origin are answered unless configured otherwise.',
  },
  jsonp: { modern: false, '3.x': true, '2.x': true, about: 'A client that accepts JavaScript gets a JSONP reply.' },
  dateText: {
    modern: 'json',
    '3.x': 'json',
    '2.x': 'text',
    about: 'A date returned on its own is written as ISO text, or as Date#toString().',
  },
  returnsByPosition: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Results belong to `returns` by position; otherwise values for the body are counted without status and header targets.',
  },
  dashedMethods: {
    modern: true,
    '3.x': true,
    '2.x': false,
    about: 'normalizeHttpPath writes paths of methods with dashes as well, not of classes alone.',
  },
  xmlEmpty: { modern: 'text', '3.x': 'text', '2.x': 'empty', about: 'null in XML: the text "null", or an empty element.' },
})

/** The flags of one profile. */
export type RemotingFlags = ReturnType<typeof flags.of>
