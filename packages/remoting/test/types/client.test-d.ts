import { createClient } from '../../src'

const contract = {
  reloop: 1,
  basePath: '/api',
  info: { title: 'Notes', version: '1.0.0' },
  classes: [
    {
      name: 'Note',
      path: '/Notes',
      methods: [
        {
          name: 'find',
          aliases: [],
          isStatic: true,
          documented: true,
          accepts: [
            { name: 'text', type: 'string', required: true, source: 'query' },
            { name: 'limit', type: 'number', required: false, source: 'query' },
          ],
          returns: [{ name: 'notes', type: ['string'], root: true }],
          routes: [{ verb: 'get', path: '/' }],
        },
        {
          name: 'prototype.rename',
          aliases: [],
          isStatic: false,
          documented: true,
          accepts: [{ name: 'id', type: 'number', required: true, source: 'path' }],
          returns: [],
          routes: [{ verb: 'put', path: '/:id/name' }],
        },
      ],
    },
  ],
  types: {},
} as const

const api = createClient(contract, 'http://localhost:3000')
const found: Promise<readonly string[]> = api.Note.find({ text: 'a', limit: 3 })
const renamed: Promise<undefined> = api.Note.prototype.rename({ id: 1 })
void [found, renamed]

// @ts-expect-error -- text is required
void api.Note.find({ limit: 3 })
// @ts-expect-error -- limit is a number
void api.Note.find({ text: 'a', limit: '3' })
// @ts-expect-error -- there is no such method
void api.Note.remove()
// @ts-expect-error -- methods of records are under prototype
void api.Note.rename({ id: 1 })
