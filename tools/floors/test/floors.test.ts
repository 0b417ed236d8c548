import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTree } from './tree'

const tool = join(__dirname, '../index.mjs')
const trees: string[] = []

function floors(added?: Record<string, string>): { status: number | null; output: string } {
  const root = makeTree(added)
  trees.push(root)
  const done = spawnSync(process.execPath, [tool, '--root', root], { encoding: 'utf8' })
  return { status: done.status, output: done.stdout + done.stderr }
}

afterAll(() => trees.forEach((root) => rmSync(root, { recursive: true, force: true })))

/** Rule → the file that breaks it, and how. */
const violations: Record<string, [file: string, text: string]> = {
  'floor-of-errors': ['packages/errors/src/up.ts', `import { phase } from '@reloop/phase'\nexport const up = phase`],
  'floor-of-juggler': ['packages/juggler/src/sideways.ts', `import { serve } from '@reloop/remoting'\nexport const sideways = serve`],
  'floor-of-remoting': [
    'packages/remoting/src/types-too.ts',
    `import type { find } from '@reloop/juggler'\nexport type Find = typeof find`,
  ],
  'floor-of-connectors': ['connectors/sqlite/src/up.ts', `import { find } from '@reloop/juggler'\nexport const up = find`],
  'types-only-of-boot': ['packages/boot/src/value.ts', `import { app } from '@reloop/core'\nexport const value = app`],
  'lazy-of-juggler': ['packages/juggler/src/eager.ts', `import { memory } from '@reloop/connector-memory'\nexport const eager = memory`],
  'unknown-room': ['packages/stray/src/index.ts', `import { errorOf } from '@reloop/errors'\nexport const stray = errorOf`],
  'no-cycles': ['packages/phase/src/one.ts', `import { two } from './two'\nexport const one = () => two`],
  'declared-entrances': ['packages/schema/src/wall.ts', `import { inner } from '../../errors/src/inner'\nexport const wall = inner`],
  resolvable: ['packages/schema/src/deep.ts', `import { inner } from '@reloop/errors/src/inner'\nexport const deep = inner`],
  'declared-dependencies': ['packages/errors/src/undeclared.ts', `import pad from 'left-pad'\nexport const undeclared = pad`],
  'callbacks-at-the-door': ['packages/juggler/src/callback.ts', `import { door } from '@reloop/callback'\nexport const inside = door`],
  'no-barrel-inside': ['packages/errors/src/barrel.ts', `import { errorOf } from './index'\nexport const barrel = errorOf`],
  'no-tests-in-sources': ['packages/errors/src/tested.ts', `import { helper } from '../test/helper'\nexport const tested = helper`],
  'owner-of-schema': ['connectors/memory/src/check.ts', `import ajv from 'ajv'\nexport const check = ajv`],
  'owner-of-http': ['packages/juggler/src/http.ts', `import fastify from 'fastify'\nexport const http = fastify`],
  'owner-of-sql': ['packages/juggler/src/sql.ts', `import knex from 'knex'\nexport const sql = knex`],
  'owner-of-express': ['packages/core/src/old.ts', `import express from 'express'\nexport const old = express`],
}

describe('floors', () => {
  it('accepts a house in order: downward imports, types in circles, the lazy exception, doors in legacy files', () => {
    expect(floors()).toEqual({ status: 0, output: expect.stringContaining(' 0 violations') })
  })

  describe('with one deliberate violation per rule', () => {
    let result: ReturnType<typeof floors>
    beforeAll(() => {
      const others = {
        'packages/phase/src/two.ts': `import { one } from './one'\nexport const two = () => one`,
        'packages/errors/test/helper.ts': 'export const helper = 1',
      }
      result = floors({ ...Object.fromEntries(Object.values(violations)), ...others })
    })

    it('fails', () => expect(result.status).toBe(1))

    it.each(Object.entries(violations))('names %s and the file that breaks it', (rule, [file]) => {
      expect(result.output.split('\n').filter((line) => line.startsWith(`${rule}: `) && line.includes(file))).not.toHaveLength(0)
    })

    it('names nothing else', () => {
      const named = result.output.split('\n').filter((line) => line.includes(' → '))
      const files = [...Object.values(violations).map(([file]) => file), 'packages/phase/src/two.ts']
      expect(named.filter((line) => !files.some((file) => line.includes(`: ${file} → `)))).toEqual([])
    })
  })
})
