import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import type { Examples } from '../../src/core/reply-mutants.ts'
import { examplesOf } from './examples.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'
import { secureLoginBehaviours } from './secure-login.suite.ts'
import { sirportlyBehaviours } from './sirportly.suite.ts'

// UPDATE_TRANSCRIPTS=1 writes them anew.
test.each([
  ['secure-login', registry.secureLogin, secureLoginBehaviours],
  ['sirportly', registry.sirportly, sirportlyBehaviours],
  ['gentics-cms', registry.genticsCms, genticsCmsBehaviours],
] as const)('the answers of which mutants of %s are made are those of its behaviours', async (id, api, behaviours) => {
  const file = new URL(`../../src/apis/${id}/mutants/examples.ts`, import.meta.url)
  const text = told(await examplesOf(api, behaviours))
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

function told(examples: Examples): string {
  const clauses = Object.entries(examples).map(([clause, answers]) => {
    const lines = answers.map((answer) => `    ${JSON.stringify(answer)},\n`)
    return `  '${clause}': [\n${lines.join('')}  ],\n`
  })
  return [
    '// Written by test/suites/examples.test.ts, with UPDATE_TRANSCRIPTS=1.',
    "import type { Examples } from '../../../core/reply-mutants.ts'",
    '',
    '/** What is answered, by the clause that is played: of this the mutants of replies are made. */',
    `export const examples: Examples = {\n${clauses.join('')}}\n`,
  ].join('\n')
}
