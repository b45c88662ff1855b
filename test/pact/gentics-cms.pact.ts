import { genticsCms } from '../../src/apis/gentics-cms/api.ts'
import { createGenticsClient } from '../../src/client.ts'
import type { Pact } from './pact.ts'
import {
  documented as inDocumented,
  exampleSecret,
  exampleSid,
  type App,
  type Interaction,
} from './gentics-cms.asking.ts'
import { assumed } from './gentics-cms.assumed.ts'
import { chosenForms } from './gentics-cms.chosen-forms.ts'
import { documented } from './gentics-cms.documented.ts'
import { further } from './gentics-cms.further.ts'
import { openSource } from './gentics-cms.open-source.ts'
import { openSourceFurther } from './gentics-cms.open-source-further.ts'

/** The two servers answer nearly everything in another form, so each interaction says which of them it is about. */
function ofThePage(interaction: Interaction): Interaction {
  const isSaid = interaction.states.some(({ description }) => description === inDocumented.description)
  return isSaid ? interaction : { ...interaction, states: [inDocumented, ...interaction.states] }
}

/** What an app depends on in Gentics CMS. */
export const genticsCmsPact: Pact<App, Interaction> = {
  provider: 'gentics-cms',
  clauses: genticsCms.clauses,
  interactions: [
    ...[...documented, ...chosenForms, ...assumed, ...further].map(ofThePage),
    ...openSource,
    ...openSourceFurther,
  ],
  notShown: {
    'GC-X3': 'takes requests over more than an hour',
    'GC-X8': 'takes two users who log in one after the other',
    'GC-X18': 'is about words that nobody promises',
    'GC-X20': 'takes a login after the cookie was taken away',
    'GC-X22': 'takes two hashes',
    'GC-X24': 'is about a header that nobody promises',
    'GC-O7': 'is about older servers',
    'GC-O30': 'is about requests with several faults',
  },
  open: (url, { anonymous }, send) => {
    const client = createGenticsClient({ baseUrl: url })
    if (anonymous !== true) client.useSession(exampleSid, exampleSecret)
    return { client, send }
  },
}
