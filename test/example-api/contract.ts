import type { Clause } from '../../src/core/clause.ts'

/** A turnstile that lets people with a badge and a code through: as small as an API with a lockout can be. */
export const clauses: readonly Clause[] = [
  { id: 'TS-01', origin: 'documented', text: 'POST /enter?badge=…&code=… answers 204 for the right code.' },
  {
    id: 'TS-02',
    origin: 'documented',
    text: 'A wrong code, or an unknown badge, answers 403 with { left }, the tries that are left.',
  },
  { id: 'TS-03', origin: 'documented', text: 'After three wrong codes the badge is locked for a minute: 423.' },
  { id: 'TS-U1', origin: 'assumed', text: 'An unknown path, or a wrong method.', choice: '404; 405 with Allow' },
]
