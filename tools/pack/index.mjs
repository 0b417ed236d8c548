// npm run pack -- DIR: builds everything and puts an installable tarball of every package, aliases included, into DIR.
import { resolve } from 'node:path'
import { setUp } from '../run/setup.mjs'
import { Told, main, step } from '../run/step.mjs'
import { packAll } from './pack.mjs'

await main(async () => {
  const [asked] = process.argv.slice(2)
  if (!asked) throw new Told('Usage: npm run pack -- DIR')
  const target = resolve(process.env.INIT_CWD ?? '.', asked)
  await setUp()
  const { packages, aliases } = await step('pack packages', (note) => packAll(target).then((packed) => (note(target), packed)))
  for (const { name, version, filename } of [...packages, ...aliases]) console.log(`  ${name}@${version}  ${filename}`)
  console.log(`\nIn an application: npm install ${packages.map(({ filename }) => filename).join(' ')}`)
})
