import { sirportly } from '../../src/apis/sirportly/api.ts'
import { createSirportlyClient } from '../../src/client.ts'
import type { Pact } from './pact.ts'
import { exampleApplication, sendExample, type App } from './sirportly.asking.ts'
import { assumed } from './sirportly.assumed.ts'
import { choices } from './sirportly.choices.ts'
import { documented } from './sirportly.documented.ts'

/** What an app depends on in Sirportly. */
export const sirportlyPact: Pact<App> = {
  provider: 'sirportly',
  clauses: sirportly.clauses,
  interactions: [...documented, ...choices, ...assumed],
  notShown: {
    'SP-U12': 'takes a one-time code that is sent twice',
    'SP-X3': 'takes a look at the count after a code, and another code after it',
    'SP-X8': 'takes codes while locked, and one after the lock',
    'SP-X9': 'takes wrong codes, a right one, and wrong ones after it',
    'SP-X16': 'takes two answers, which have to be alike',
    'SP-X17': 'is about what no answer has, and a pact only says what one has',
    'SP-X18': 'is left to each server: a pact takes every spelling',
  },
  open: (url) => ({
    client: createSirportlyClient({ baseUrl: url, application: exampleApplication }),
    send: (request) => sendExample(url, request),
  }),
}
