'use strict'

/** Models with every kind of relation, scopes, and relations two levels deep. */
exports.books = function books({ add, app }) {
  add(
    { name: 'Address', base: 'Model', properties: { street: { type: 'string', required: true }, city: 'string' } },
    { dataSource: 'transient', public: false },
  )
  add(
    { name: 'Phone', base: 'Model', properties: { id: { type: 'number', id: true }, number: { type: 'string', required: true } } },
    { dataSource: 'transient', public: false },
  )
  add({
    name: 'Author',
    properties: { name: { type: 'string', required: true }, born: 'number', secret: 'string', _phones: 'array' },
    hidden: ['secret'],
    relations: {
      books: { type: 'hasMany', model: 'Book' },
      profile: { type: 'hasOne', model: 'Profile' },
      address: { type: 'embedsOne', model: 'Address', property: 'home' },
      phones: { type: 'embedsMany', model: 'Phone', property: '_phones', options: { forceId: false, persistent: false } },
      portrait: { type: 'hasOne', model: 'Picture', polymorphic: 'imageable' },
    },
    scopes: { ancient: { where: { born: { lt: 1000 } } }, young: { where: { born: { gt: 1990 } }, order: 'name DESC', limit: 2 } },
  })
  add({
    name: 'Book',
    properties: {
      title: { type: 'string', required: true },
      pages: 'number',
      price: 'number',
      published: 'date',
      languages: ['string'],
      editorIds: ['number'],
    },
    relations: {
      author: { type: 'belongsTo', model: 'Author' },
      chapters: { type: 'hasMany', model: 'Chapter', options: { http: { path: 'parts' } } },
      tags: { type: 'hasAndBelongsToMany', model: 'Tag' },
      loans: { type: 'hasMany', model: 'Loan' },
      readers: { type: 'hasMany', model: 'Reader', through: 'Loan' },
      editors: { type: 'referencesMany', model: 'Author', foreignKey: 'editorIds' },
      pictures: { type: 'hasMany', model: 'Picture', polymorphic: 'imageable' },
    },
    scopes: { thick: { where: { pages: { gt: 500 } } }, cheap: { where: { price: { lt: 10 } }, options: { http: { path: 'bargains' } } } },
  })
  add({
    name: 'Chapter',
    properties: { heading: { type: 'string', required: true }, number: 'number' },
    relations: { book: { type: 'belongsTo', model: 'Book' } },
  })
  add({ name: 'Profile', properties: { text: 'string' }, relations: { author: { type: 'belongsTo', model: 'Author' } } })
  add({ name: 'Picture', properties: { url: 'string' }, relations: { imageable: { type: 'belongsTo', polymorphic: true } } })
  add({ name: 'Tag', properties: { word: 'string' }, relations: { books: { type: 'hasAndBelongsToMany', model: 'Book' } } })
  add({
    name: 'Reader',
    properties: { name: 'string' },
    relations: { loans: { type: 'hasMany', model: 'Loan' }, books: { type: 'hasMany', model: 'Book', through: 'Loan' } },
  })
  add({
    name: 'Loan',
    properties: { day: 'number' },
    relations: { book: { type: 'belongsTo', model: 'Book' }, reader: { type: 'belongsTo', model: 'Reader' } },
  })
  const { Author, Book } = app.models
  const trace = (text) => (ctx, unused, next) => {
    ctx.res.set('X-Own', [ctx.res.get('X-Own'), text].filter(Boolean).join(','))
    next()
  }
  Book.beforeRemote('prototype.__get__chapters', trace('chapters'))
  Book.afterRemote('prototype.__count__chapters', trace('counted'))
  Author.beforeRemote('prototype.__get__books', trace('books'))
  // The default names, without the method that relations of references declare and do not have.
  const usual = (method, relation) => {
    const [, verb, name] = /^__([^_]+)__([^_]+)$/.exec(method.name) || []
    return verb && !(verb === 'exists' && name === 'editors') && `__${verb}__${relation.name}__${name}`
  }
  Author.nestRemoting('books', usual)
  Author.nestRemoting('profile', { pathName: 'about' })
  Book.nestRemoting('author', { paramName: 'whom', hooks: false })
}
