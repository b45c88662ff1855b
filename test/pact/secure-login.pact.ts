import { secureLogin } from '../../src/apis/secure-login/api.ts'
import { createSecureLoginClient } from '../../src/client.ts'
import type { Pact } from './pact.ts'
import { exampleSession, type App, type Interaction } from './secure-login.asking.ts'
import { assumed } from './secure-login.assumed.ts'
import { documented } from './secure-login.documented.ts'
import { surroundings } from './secure-login.surroundings.ts'

/** The app's clock; the examples of `server_time` are at this instant, or minutes from it. */
const now = Date.UTC(1991, 7, 17, 7)

/** What an app depends on in Secure Login. */
export const secureLoginPact: Pact<App, Interaction> = {
  provider: 'secure-login',
  clauses: secureLogin.clauses,
  interactions: [...documented, ...assumed, ...surroundings],
  notShown: {
    'SL-16': 'takes requests from two addresses',
    'SL-U5': 'takes a right PIN and wrong ones after it',
    'SL-U6': 'takes wrong PINs after a block ran out',
    'SL-U7': 'takes wrong PINs in two sessions',
    'SL-U13': 'takes three wrong PINs',
    'SL-U14': 'takes requests from two addresses',
    'SL-U19': 'takes the same one-time code twice',
    'SL-X2': 'takes a right PIN and then a block while its session is open',
    'SL-X3': 'takes wrong PINs in two sessions',
    'SL-X5': 'takes a body that is no text, which a pact of version 3 cannot hold',
    'SL-U20': 'takes failed logins, and locks an account out',
    'SL-H7': 'takes two logins',
  },
  open: (url, { revision = 'current', request }, send) => {
    const client = createSecureLoginClient({ baseUrl: `${url}/jira`, revision, now: () => now })
    if (request.headers?.['Cookie'] !== undefined) client.useSession(exampleSession)
    return { client, send }
  },
}
