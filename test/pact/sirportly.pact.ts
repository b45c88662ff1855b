import { clauses } from '../../src/apis/sirportly/contract.ts'
import { createSirportlyClient } from '../../src/client.ts'
import type { Pact } from './pact.ts'
import { exampleApplication, sendExample, type App } from './sirportly.asking.ts'
import { assumed } from './sirportly.assumed.ts'
import { documented } from './sirportly.documented.ts'

/** What an app depends on in Sirportly. */
export const sirportlyPact: Pact<App> = {
  provider: 'sirportly',
  clauses,
  interactions: [...documented, ...assumed],
  notShown: {
    'SP-X3': 'takes a look at the count after a code, and another code after it',
    'SP-X8': 'takes codes while locked, and one after the lock',
    'SP-X9': 'takes wrong codes, a right one, and wrong ones after it',
  },
  open: (url) => ({
    client: createSirportlyClient({ baseUrl: url, application: exampleApplication }),
    send: (request) => sendExample(url, request),
  }),
}
