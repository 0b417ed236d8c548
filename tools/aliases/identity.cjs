// Runs inside a folder where every alias package is installed beside ours: prints what is not the same thing, as JSON.
const aliases = JSON.parse(process.argv[2])
const problems = aliases.map((alias) => ({ title: alias.title, wrong: judge(alias) }))
const profile = require('@reloop/compat').resolveProfile()
console.log(JSON.stringify({ problems, profile }))

function judge(alias) {
  const installed = `${alias.ancestor}-${alias.major}`
  try {
    return [...judgeMain(alias, require(installed), require(alias.ours)), ...judgeDeep(alias, installed)]
  } catch (error) {
    return [error.message.split('\n')[0]]
  }
}

function judgeMain({ main, add = {}, ours }, seen, our) {
  if (main === 'callable') return seen === our && typeof seen === 'function' ? [] : [`it is not the function that ${ours} is`]
  const wrong = main === 'whole' || (typeof seen === 'function' && seen === our[main]) ? [] : [`it is not ${main} of ${ours}`]
  const expected = { ...(main === 'whole' && Object.fromEntries(Object.keys(our).map((name) => [name, name]))), ...add }
  for (const [name, from] of Object.entries(expected))
    if (our[from] === undefined || seen[name] !== our[from]) wrong.push(`${name} is not ${from} of ${ours}`)
  return wrong
}

function judgeDeep({ deep = {}, ours }, installed) {
  const our = require(ours)
  return Object.entries(deep).flatMap(([path, shape]) => {
    const seen = require(`${installed}/${path}`)
    if (shape.startsWith?.('@')) {
      const [name, member] = shape.split('#')
      const expected = member ? require(name)[member] : require(name)
      return expected !== undefined && seen === expected ? [] : [`${path} is not ${shape}`]
    }
    const pairs = typeof shape === 'string' ? [[seen, shape]] : Object.entries(shape).map(([name, from]) => [seen[name], from])
    return pairs
      .filter(([value, from]) => value === undefined || value !== our[from])
      .map(([, from]) => `${path} does not lead to ${from} of ${ours}`)
  })
}
