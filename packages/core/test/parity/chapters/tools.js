'use strict'
const { chapter } = require('./ask')

const results = chapter('results of methods', (ask) => {
  const names = [
    'object',
    'rootObject',
    'list',
    'rootList',
    'number',
    'rootNumber',
    'rootText',
    'rootBoolean',
    'rootNull',
    'rootUndefined',
    'date',
    'buffer',
    'nestedDate',
    'integer',
    'notInteger',
    'nothing',
  ]
  const more = [
    'several',
    'both',
    'empty',
    'promised',
    'spread',
    'status',
    'header',
    'file',
    'fileStream',
    'row',
    'one',
    'byDefault',
    'hiddenOne',
    'aliased',
    'otherName',
    'closedByAlias',
    'shut',
  ]
  for (const name of [...names, ...more]) ask('GET', `/tools/${name}`)
  ask('POST', '/tools/created')
  ask('POST', '/tools/byDefault')
  ask('PUT', '/tools/byDefault')
  ask('PUT', '/tools/two/5')
  ask('GET', '/tools')
  ask('GET', '/tools/1')
  ask('GET', '/tools/rootList?_format=xml')
  ask('GET', '/tools/object?callback=go', undefined, { headers: { accept: 'application/javascript' } })
})

const texts = [
  '1',
  '-1',
  '0',
  '1.5',
  '01',
  '1e3',
  '',
  'null',
  'true',
  'FALSE',
  'text',
  '{"b":1}',
  '[1,2]',
  '2020-01-02',
  '1577934245000',
  '1,2',
  '9007199254740993',
  '{bad',
  'undefined',
]
const taken = chapter('arguments as text', (ask) => {
  for (const type of ['any', 'string', 'number', 'boolean', 'date', 'object', 'array', 'geopoint'])
    for (const text of texts) ask('GET', `/tools/take_${type}?a=${encodeURIComponent(text)}`)
  ask('GET', '/tools/take_any')
  ask('GET', '/tools/take_array?a=1&a=2')
  ask('GET', '/tools/take_object?a[b]=1&a[c][d]=x')
  ask('GET', '/tools/take_string?a=%20')
})

const typed = [1, '1', null, true, 'text', {}, { b: 1 }, [1], [], '2020-01-02', { lat: 1, lng: 2 }, '']
const formed = chapter('arguments as JSON', (ask) => {
  for (const type of ['any', 'string', 'number', 'boolean', 'date', 'object', 'array', 'geopoint'])
    for (const a of typed) ask('POST', `/tools/form_${type}`, { a })
  ask('POST', '/tools/form_any', {})
  ask('POST', '/tools/form_string', { b: 1 })
})

const sources = chapter('sources of arguments, and errors', (ask) => {
  ask('GET', '/tools/needs')
  ask('GET', '/tools/needs?a=1')
  ask('GET', '/tools/needs?a=1&b=2&b=3&c=x')
  ask('GET', '/tools/needs?a=1&b=[2,3]')
  ask('GET', '/tools/needs?a=')
  ask('GET', '/tools/needs?a=x')
  ask('POST', '/tools/needs', { a: 1, b: [2], c: 'x' })
  ask('POST', '/tools/needs', { a: null })
  ask('POST', '/tools/needs', { a: 1, b: ['x'] })
  ask('POST', '/tools/whole', { a: 1 })
  ask('POST', '/tools/whole', [1])
  ask('POST', '/tools/whole', 'x')
  ask('POST', '/tools/wholeList', [{ a: 1 }])
  ask('POST', '/tools/wholeList', [1])
  ask('GET', '/tools/path/5/and/x%20y')
  ask('GET', '/tools/path/5/and/')
  ask('GET', '/tools/heading', undefined, { headers: { 'x-thing': 'from header' } })
  ask('GET', '/tools/computed?x=ignored')
  ask('GET', '/tools/context')
  ask('GET', '/tools/response')
  ask('GET', '/tools/options?x=1&options={"accessToken":{"userId":9}}')
  for (const name of ['plain', 'refused', 'byStatus', 'low', 'errorStatus', 'text', 'listed', 'throws', 'rejects'])
    ask('GET', `/tools/${name}`)
  ask('GET', '/tools/refused', undefined, { headers: { accept: 'application/json' } })
})

exports.chapters = [results, taken, formed, sources]
