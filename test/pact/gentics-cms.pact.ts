import { clauses } from '../../src/apis/gentics-cms/contract.ts'
import { createGenticsClient } from '../../src/client.ts'
import type { Pact } from './pact.ts'
import { exampleSecret, exampleSid, type App, type Interaction } from './gentics-cms.asking.ts'
import { assumed } from './gentics-cms.assumed.ts'
import { documented } from './gentics-cms.documented.ts'
import { further } from './gentics-cms.further.ts'
import { observed } from './gentics-cms.observed.ts'

/** What an app depends on in Gentics CMS. */
export const genticsCmsPact: Pact<App, Interaction> = {
  provider: 'gentics-cms',
  clauses,
  interactions: [...documented, ...observed, ...assumed, ...further],
  notShown: {
    'GC-X3': 'takes requests over more than an hour',
    'GC-X8': 'takes two users who log in one after the other',
    'GC-X18': 'is about words that nobody promises',
    'GC-X20': 'takes a login after the cookie was taken away',
  },
  open: (url, { anonymous }, send) => {
    const client = createGenticsClient({ baseUrl: url })
    if (anonymous !== true) client.useSession(exampleSid, exampleSecret)
    return { client, send }
  },
}
