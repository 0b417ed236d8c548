// Runs beside identity.cjs: each shared thing, asked for under all its names, must be one and the same.
const absent = [] // of a thing that no package has yet
const shared = JSON.parse(process.argv[2])
const results = Object.entries(shared).map(([name, modules]) => ({ name, wrong: judge(name, modules) }))
console.log(JSON.stringify(results.filter(({ wrong }) => wrong !== absent)))

function judge(name, modules) {
  try {
    const values = modules.map((module) => require(module)[name])
    if (values.every((value) => value === undefined)) return absent
    return modules.flatMap((module, index) => {
      if (values[index] === undefined) return [`${module} has no ${name}`]
      return values[index] === values[0] ? [] : [`the ${name} of ${module} is another than that of ${modules[0]}`]
    })
  } catch (error) {
    return [error.message.split('\n')[0]]
  }
}
