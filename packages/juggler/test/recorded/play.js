'use strict'
/*
 * Plays steps against a data layer with the interface of loopback-datasource-juggler. Each step begins with nothing: what one step
 * answers depends on no other.
 */
const { encode } = require('./encode')

const patience = 2000

/** Collects the steps of one room: `room('create', (step) => step('title', async (t) => …))`. */
exports.room = function room(name, write) {
  const steps = []
  write((title, play) => steps.push({ title: `${name}: ${title}`, play }))
  return steps
}

/** What a step works with: the data layer, and ways to ask it. */
function makeTools({ juggler, settings }) {
  const sources = []
  const tools = {
    juggler,
    source(more) {
      const source = new juggler.DataSource({ connector: 'memory', ...settings, ...more })
      sources.push(source)
      return source
    },
    get db() {
      return sources[0] || tools.source()
    },
    /** A model whose ids may be given. */
    model: (name, properties, options) => tools.db.define(name, properties, { forceId: false, ...options }),
    ask,
    tell: encode,
    attempt,
    watch,
  }
  return tools
}

/** Calls with a callback: the error, or what follows it. */
function ask(target, method, ...args) {
  return new Promise((resolve) => {
    const answer = (error, ...results) => {
      // Whether a callback without result gets one argument or two is no part of the contract: see `acceptCallback`.
      while (results.length > 0 && results.at(-1) === undefined) results.pop()
      if (!error) return resolve({ results: encode(results) })
      // Beside an error only validation hands over what failed; elsewhere it is whatever was at hand.
      const told = (error.name === 'ValidationError' || Array.isArray(error)) && results.length > 0
      resolve({ error: encode(error), ...(told && { results: encode(results) }) })
    }
    try {
      const fn = typeof method === 'function' ? method : target[method]
      fn.call(target, ...args, answer)
    } catch (error) {
      answer(error)
    }
  })
}

/** What a call answers, or the error it ends with. */
async function attempt(call) {
  try {
    return encode(await call())
  } catch (error) {
    return encode(error)
  }
}

const allHooks = ['access', 'before save', 'persist', 'loaded', 'after save', 'before delete', 'after delete']

/** Writes down every hook of a class with what its context holds at that moment. */
function watch(Model, log = [], hooks = allHooks) {
  for (const hook of hooks) {
    Model.observe(hook, (context, next) => {
      const { Model: Class, hookState, options, ...members } = context
      log.push({
        hook,
        model: Class.modelName,
        state: typeof hookState,
        ...(Object.keys(options).length > 0 && { options: encode(options) }),
        ...encode(members),
      })
      next()
    })
  }
  return log
}

/** Plays one step: its value, or its error; a step that does not end is `$hangs`. */
exports.play = async function play(step, world) {
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, '$hangs')
  })
  const played = attempt(() => step.play(makeTools(world)))
  const answer = await Promise.race([played, late])
  clearTimeout(timer)
  return answer
}
