import { clauseTable, repliesOf } from '../../src/core/clause-entry.ts'
import { problem } from '../../src/core/problem.ts'
import { bare, inJson } from '../../src/core/saying.ts'
import { way } from '../../src/core/tracing.ts'
import type { Settings } from './state.ts'

const enter = (code: string): string => `curl -X POST "$UNDERSTUDY_TURNSTILE_URL/enter?badge=b7&code=${code}"`

const documented = clauseTable<Settings>()('documented', {
  'TS-01': {
    text: 'POST /enter?badge=…&code=… answers 204 for the right code.',
    says: { open: bare(204, 'the code is right') },
    met: way(enter('4711')),
  },
  'TS-02': {
    text: 'A wrong code, or an unknown badge, answers 403 with { left }, the tries that are left.',
    says: { refused: (left: number) => inJson(403, { left }, `${left} tries are left`) },
    met: way(enter('0000')),
  },
  'TS-03': {
    text: 'After three wrong codes the badge is locked for a minute: 423.',
    says: { locked: bare(423, 'the badge is locked') },
    met: way(enter('0000'), enter('0000'), enter('0000'), enter('4711')),
  },
})

const assumed = clauseTable<Settings>()('assumed', {
  'TS-U1': {
    text: 'An unknown path, or a wrong method.',
    choice: '404; 405 with Allow',
    says: {
      unknownEndpoint: (path: string) => ({
        ...problem(404, 'No such endpoint', `There is no ${path}.`),
        because: 'no such endpoint',
      }),
    },
    met: way('curl "$UNDERSTUDY_TURNSTILE_URL/leave"'),
  },
})

/** A turnstile that lets people with a badge and a code through: as small as an API with a lockout can be. */
export const clauses = { ...documented, ...assumed }

export const replies = repliesOf(clauses)
