import { clauseTable } from '../../core/clause-entry.ts'
import { inJson } from '../../core/saying.ts'
import { way } from '../../core/tracing.ts'
import { infoOf, userJson } from './forms.ts'
import type { Settings } from './settings.ts'
import { shell } from './shell.ts'
import type { User } from './state.ts'

const { logIn, url } = shell
const userResource = 'cms-oss c8aa3dcc50, impl/UserResourceImpl.java'

/** The resource around the contract that every client calls next (GC-Sn). */
export const hostClauses = clauseTable<Settings>()('host', {
  'GC-S1': {
    text: 'GET /user/me?sid= in a live session answers 200 with { user, responseInfo }.',
    source: { where: userResource, confidence: 'high' },
    says: {
      yourself: (user: User, settings: Settings) => {
        const body = { user: userJson(user, settings), responseInfo: infoOf('OK', 'This is you.') }
        return inJson(200, body, `the session is ${user.username}'s`)
      },
    },
    met: way(logIn, `curl -b jar "${url}/rest/user/me?sid=1"`),
    varies: { 'GC-S1 messages': 'anything' },
    decides: [{ of: ['GC-S1'], where: /^body\.responseInfo$/, how: ['missing', 'extra', 'form'] }],
  },
  'GC-S2': {
    text: 'GET /user/me without a live session answers 401.',
    source: { where: userResource, confidence: 'high' },
    says: {
      notYours: (because: string) => inJson(401, { responseInfo: infoOf('AUTHREQUIRED', 'Please log in.') }, because),
    },
    met: way(`curl ${url}/rest/user/me`),
    statusOnly: true,
  },
})
