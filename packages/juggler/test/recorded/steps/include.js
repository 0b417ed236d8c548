'use strict'
const { room } = require('../play')

async function world(t) {
  const User = t.model('User', { name: String })
  const Post = t.model('Post', { title: String, stars: Number })
  const Comment = t.model('Comment', { text: String })
  const Passport = t.model('Passport', { number: String })
  User.hasMany(Post, { as: 'posts', foreignKey: 'userId' })
  User.hasOne(Passport, { as: 'passport', foreignKey: 'userId' })
  Post.belongsTo(User, { as: 'author', foreignKey: 'userId' })
  Post.hasMany(Comment, { as: 'comments', foreignKey: 'postId' })
  Comment.belongsTo(Post, { as: 'post', foreignKey: 'postId' })
  Passport.belongsTo(User, { as: 'owner', foreignKey: 'userId' })
  for (const name of ['Ann', 'Bob', 'Cid']) await User.create({ name })
  const posts = [
    ['p1', 1, 1],
    ['p2', 5, 1],
    ['p3', 3, 2],
    ['p4', 2, null],
    ['p5', 9, 77],
  ]
  for (const [title, stars, userId] of posts) await Post.create({ title, stars, userId })
  for (const [text, postId] of [
    ['c1', 1],
    ['c2', 1],
    ['c3', 3],
  ])
    await Comment.create({ text, postId })
  await Passport.create({ number: 'N1', userId: 1 })
  return { User, Post, Comment, Passport }
}

const json = (rows) => (Array.isArray(rows) ? rows.map((row) => (row && typeof row.toJSON === 'function' ? row.toJSON() : row)) : rows)

const ofUser = {
  'a name': 'posts',
  names: ['posts', 'passport'],
  'nested by an object': { posts: 'comments' },
  'nested by a list': { posts: ['comments', 'author'] },
  'deeply nested': { posts: { comments: 'post' } },
  true: { posts: true },
  false: { posts: false },
  'several keys': { posts: true, passport: true },
  'a relation with scope': { relation: 'posts', scope: { where: { stars: { gt: 1 } }, order: 'stars DESC' } },
  'a relation without scope': { relation: 'posts' },
  rel: { rel: 'posts', scope: { order: 'title DESC' } },
  'a scope with fields': { relation: 'posts', scope: { fields: ['title'] } },
  'a scope with fields by object': { relation: 'posts', scope: { fields: { title: true, stars: false } } },
  'a scope with a limit': { relation: 'posts', scope: { limit: 1, order: 'id' } },
  'a scope with a skip': { relation: 'posts', scope: { skip: 1, order: 'id' } },
  'a scope with include': { relation: 'posts', scope: { include: 'comments' } },
  'a scope with nested scopes': { relation: 'posts', scope: { include: { relation: 'comments', scope: { where: { text: 'c1' } } } } },
  'a mixed list': ['passport', { relation: 'posts', scope: { limit: 10 } }, { posts: 'author' }],
  'an unknown name': 'nothing',
  'an unknown name inside': { posts: 'nothing' },
  none: [],
  'an empty text': '',
  null: null,
  'a number': 5,
  'a relation as JSON in a text': '["posts"]',
}

const ofPost = {
  belongsTo: 'author',
  'belongsTo and its hasMany': { author: 'posts' },
  'belongsTo with fields': { relation: 'author', scope: { fields: ['name'] } },
  'belongsTo with where': { relation: 'author', scope: { where: { name: 'Bob' } } },
}

module.exports = room('include', (step) => {
  const run = (Model, filter) =>
    function (callback) {
      Model.find(filter, (error, rows) => callback(error, rows && json(rows)))
    }
  for (const [title, include] of Object.entries(ofUser)) {
    step(title, async (t) => {
      const { User } = await world(t)
      return t.ask(User, run(User, { include }))
    })
  }
  for (const [title, include] of Object.entries(ofPost)) {
    step(title, async (t) => {
      const { Post } = await world(t)
      return t.ask(Post, run(Post, { include }))
    })
  }
  step('findById and findOne', async (t) => {
    const { User } = await world(t)
    return json([await User.findById(1, { include: 'posts' }), await User.findOne({ where: { name: 'Bob' }, include: 'posts' })])
  })
  step('findByIds', async (t) => {
    const { User } = await world(t)
    return json(await User.findByIds([2, 1], { include: 'posts' }))
  })
  step('the accessor answers what was included', async (t) => {
    const { User, Post } = await world(t)
    const user = await User.findOne({ include: 'posts' })
    const post = await Post.findOne({ include: 'author' })
    return {
      kind: typeof user.posts,
      posts: user.posts(),
      author: post.author(),
      listed: Array.isArray(user.posts()),
      inObject: user.toObject().posts,
      open: user.toObject(false).posts,
    }
  })
  step('nothing to include', async (t) => {
    const { User, Post } = await world(t)
    const lonely = await User.findById(3, { include: ['posts', 'passport'] })
    return [
      lonely.toJSON(),
      (await Post.findById(4, { include: 'author' })).toJSON(),
      (await Post.findById(5, { include: 'author' })).toJSON(),
    ]
  })
  step('fields without the key', async (t) => {
    const { User, Post } = await world(t)
    return [
      json(await Post.find({ fields: ['title'], include: 'author', limit: 1 })),
      json(await User.find({ fields: ['name'], include: 'posts', limit: 1 })),
    ]
  })
  step('where, order and limit of the parent', async (t) => {
    const { User } = await world(t)
    return json(await User.find({ where: { name: { inq: ['Ann', 'Bob'] } }, order: 'name DESC', limit: 1, include: 'posts' }))
  })
  step('disableInclude', async (t) => {
    const { User, Post } = await world(t)
    User.hasMany(Post, { as: 'closed', foreignKey: 'userId', options: { disableInclude: true } })
    return json(await User.find({ include: ['closed', 'passport'], limit: 1 }))
  })
  step('include of a default scope', async (t) => {
    const { Post } = await world(t)
    const Reader = t.model('Reader', { name: String }, { scope: { include: 'posts' } })
    Reader.hasMany(Post, { as: 'posts', foreignKey: 'userId' })
    await Reader.create({ name: 'r' })
    return json(await Reader.find())
  })
  step('Model.include on instances', async (t) => {
    const { User } = await world(t)
    const users = await User.find()
    const answer = await t.ask(User, 'include', users, 'posts')
    return { answer, titles: users[0].posts().map((post) => post.title) }
  })
  step('Model.include on one instance', async (t) => {
    const { User } = await world(t)
    const user = await User.findOne()
    const answer = await t.ask(User, 'include', [user], { posts: 'comments' })
    return { error: answer.error, json: user.toJSON() }
  })
  step('loaded hooks run for included rows', async (t) => {
    const { User, Post } = await world(t)
    const log = []
    Post.observe('access', (ctx, next) => next(void log.push('access')))
    Post.observe('loaded', (ctx, next) => next(void log.push('loaded')))
    await User.find({ include: 'posts' })
    return log
  })
  step('hidden properties of included rows', async (t) => {
    const { User } = await world(t)
    const Key = t.model('Key', { code: String, secret: String, guarded: String }, { hidden: ['secret'], protected: ['guarded'] })
    User.hasMany(Key, { as: 'keys', foreignKey: 'userId' })
    await Key.create({ code: 'c', secret: 's', guarded: 'g', userId: 1 })
    return JSON.parse(JSON.stringify(await User.findById(1, { include: 'keys' })))
  })
})
