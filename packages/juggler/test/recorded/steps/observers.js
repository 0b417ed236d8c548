'use strict'
const { room } = require('../play')

module.exports = room('observer', (step) => {
  const over = (title, play) => step(title, (t) => play(t.model('Thing', { name: String }), t))

  over('notifyObserversOf', async (Thing, t) => {
    Thing.observe('own', (ctx, next) => {
      ctx.seen = true
      next()
    })
    return {
      callback: await t.ask(Thing, 'notifyObserversOf', 'own', { a: 1 }),
      promise: await Thing.notifyObserversOf('own', { b: 1 }),
      none: await Thing.notifyObserversOf('none', { c: 1 }),
    }
  })
  over('notifyObserversOf several', async (Thing) => {
    const log = []
    Thing.observe('one', (ctx, next) => next(void log.push('one')))
    Thing.observe('two', (ctx, next) => next(void log.push('two')))
    await Thing.notifyObserversOf(['two', 'one'], {})
    return log
  })
  over('an observer that answers a promise', async (Thing) => {
    Thing.observe('own', async (ctx) => {
      ctx.seen = true
    })
    return Thing.notifyObserversOf('own', {})
  })
  over('an observer that fails', async (Thing, t) => {
    const log = []
    Thing.observe('own', (ctx, next) => next(new Error('stop')))
    Thing.observe('own', (ctx, next) => next(void log.push('after')))
    return { answer: await t.ask(Thing, 'notifyObserversOf', 'own', {}), log }
  })
  over('an observer that rejects', async (Thing, t) => {
    Thing.observe('own', () => Promise.reject(new Error('stop')))
    return t.ask(Thing, 'notifyObserversOf', 'own', {})
  })
  over('removeObserver', async (Thing) => {
    const log = []
    const fn = (ctx, next) => next(void log.push('one'))
    Thing.observe('own', fn)
    Thing.observe('own', (ctx, next) => next(void log.push('two')))
    Thing.removeObserver('own', fn)
    await Thing.notifyObserversOf('own', {})
    return log
  })
  over('clearObservers', async (Thing) => {
    const log = []
    Thing.observe('own', (ctx, next) => next(void log.push('one')))
    Thing.clearObservers('own')
    await Thing.notifyObserversOf('own', {})
    return log
  })
  over('notifyObserversAround', async (Thing, t) => {
    const log = []
    Thing.observe('before work', (ctx, next) => next(void log.push('before')))
    Thing.observe('after work', (ctx, next) => next(void log.push(['after', ctx.results])))
    const answer = await t.ask(Thing, function (callback) {
      this.notifyObserversAround(
        'work',
        {},
        (done) => {
          log.push('work')
          done(null, 'result', 2)
        },
        callback,
      )
    })
    return { log, answer }
  })
  over('notifyObserversAround ended early', async (Thing, t) => {
    Thing.observe('before work', (ctx) => ctx.end(null, 'early'))
    return t.ask(Thing, function (callback) {
      this.notifyObserversAround('work', {}, (done) => done(null, 'late'), callback)
    })
  })
  over('observers run in order', async (Thing) => {
    const log = []
    for (const name of ['a', 'b', 'c'])
      Thing.observe('before save', (ctx, next) => setTimeout(() => next(void log.push(name)), name === 'a' ? 10 : 0))
    await Thing.create({})
    return log
  })
  over('hookState is shared by the hooks of a call', async (Thing) => {
    const seen = []
    Thing.observe('before save', async (ctx) => {
      ctx.hookState.mark = 'm'
    })
    Thing.observe('after save', async (ctx) => {
      seen.push(ctx.hookState.mark)
    })
    await Thing.create({})
    return seen
  })
  over('options reach hooks untouched', async (Thing) => {
    const options = { token: 't' }
    const seen = []
    Thing.observe('access', async (ctx) => void seen.push(ctx.options === options, ctx.options.token))
    Thing.observe('before save', async (ctx) => void seen.push(ctx.options.token))
    await Thing.create({}, options)
    await Thing.find({}, options)
    return seen
  })
})
