import type { HttpRequest } from '../../core/http.ts'
import type { Operation } from '../../core/route.ts'
import type { Context, Outcome, Records, Step } from '../../core/step.ts'
import { claimSession, cookieSecret, isAged, touch, whose } from './caller.ts'
import { replies } from './clauses.ts'
import { settingOf, withoutSecret } from './forms.ts'
import { handleLogin, loginWithRsa } from './login.ts'
import { observedSteps } from './observed/engine.ts'
import { handleHashPassword, handleMatchPassword } from './passwords.ts'
import type { Settings } from './settings.ts'
import { ssoLogin } from './sso.ts'
import { secrets, sessions } from './state.ts'
import { readToken } from './token.ts'
import { authPath, mePath } from './wire.ts'

/** What comes before a request for JSON, and is one without it: the vendor's JavaScript client sends it. */
const suffix = '.json'

/** The path as documented, and with the suffix. */
function paths(path: string): readonly string[] {
  return [path, path + suffix]
}

/** The step of the dialect that is played. */
function either(documented: Step<Settings>, observed: Step<Settings>): Step<Settings> {
  return (records, request, context) =>
    (context.settings.dialect === 'observed' ? observed : documented)(records, request, context)
}

/** Everything the CMS answers, by operation id. */
export const operations = [
  {
    id: 'login',
    methods: ['POST'],
    paths: paths(`${authPath}/login`),
    summary: 'opens a session by login and password',
    step: either(handleLogin, observedSteps.login),
  },
  {
    id: 'ssologin',
    methods: ['GET', 'HEAD'],
    paths: [...paths(`${authPath}/ssologin`), ...paths(`${authPath}/login`)],
    summary: 'opens a session for whom the SSO system names',
    step: either(ssoLogin, observedSteps.ssologin),
  },
  {
    id: 'loginwithrsa',
    methods: ['POST'],
    paths: paths(`${authPath}/loginwithrsa`),
    summary: "opens a session by another system's signature",
    step: loginWithRsa,
    isThere: ({ dialect }) => dialect === 'documented',
  },
  {
    id: 'validate',
    methods: ['GET', 'HEAD'],
    paths: [`${authPath}/validate/{sid}`],
    summary: 'whose the session of a token is',
    step: either(handleValidate, observedSteps.validate),
  },
  {
    id: 'logout',
    methods: ['POST'],
    paths: [`${authPath}/logout/{sid}`],
    summary: 'ends a session, or all that share its secret',
    step: either(handleLogout, observedSteps.logout),
  },
  {
    id: 'hashpassword',
    methods: ['POST'],
    paths: paths(`${authPath}/hashpassword`),
    summary: 'the bcrypt hash of a password',
    step: either(handleHashPassword, observedSteps.hashpassword),
  },
  {
    id: 'matchpassword',
    methods: ['POST'],
    paths: paths(`${authPath}/matchpassword`),
    summary: 'whether a password has a hash',
    step: either(handleMatchPassword, observedSteps.matchpassword),
  },
  {
    id: 'globalprefix',
    methods: ['GET', 'HEAD'],
    paths: paths(`${authPath}/globalprefix`),
    summary: 'the global prefix',
    step: either(globalPrefix, observedSteps.globalprefix),
  },
  {
    id: 'me',
    methods: ['GET', 'HEAD'],
    paths: paths(mePath),
    summary: "the session's user",
    step: either(handleMe, observedSteps.me),
  },
] as const satisfies readonly Operation<Settings>[]

/** `GET /auth/validate/{sid}`: only what the path says counts, not the cookie (GC-01, GC-19). */
function handleValidate(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, readToken(sidOf(context)), undefined, context)
  const scene = settingOf(records, request, context)
  if (claim.kind === 'live') return { reply: replies.validated(claim, scene), changes: [], ...whose(claim) }
  const refusal = isAged(claim) ? replies.aged : replies.notValid
  return { reply: refusal(claim.because, scene), changes: [], ...whose(claim) }
}

/** `POST /auth/logout/{sid}` (GC-05, GC-20). */
function handleLogout(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const claim = claimSession(records, readToken(sidOf(context)), cookieSecret(request), context)
  const scene = settingOf(records, request, context)
  if (claim.kind !== 'live') {
    const refusal = claim.kind === 'unknown' ? replies.noSession : replies.notYourSession
    return { reply: refusal(claim.because, scene), changes: [], ...whose(claim) }
  }
  const { session } = claim
  if (new URLSearchParams(request.query).get('allSessions')?.toLowerCase() === 'true') {
    const changes = [secrets.put(session.secret, { ended: true })]
    return { reply: withoutSecret(replies.allLoggedOut(scene), context.settings), changes, ...whose(claim) }
  }
  const changes = [sessions.put(session.sid, { ...session, secret: '' })]
  return { reply: replies.loggedOut(session.sid, scene), changes, ...whose(claim) }
}

/** `GET /auth/globalprefix` (GC-08, GC-22). */
function globalPrefix(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  return { reply: replies.prefix(settingOf(records, request, context)), changes: [] }
}

/** `GET /user/me`: the resource that clients ask next (GC-S1, GC-S2). */
function handleMe(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const token = readToken(new URLSearchParams(request.query).get('sid') ?? '')
  const claim = claimSession(records, token, cookieSecret(request), context)
  if (claim.kind !== 'live') return { reply: replies.notYours(claim.because), changes: [], ...whose(claim) }
  const { session, user } = claim
  return { reply: replies.yourself(user, context.settings), changes: touch(session, context.now), ...whose(claim) }
}

/** The sid or token of the path, without the suffix that makes no difference. */
function sidOf({ params }: Context<Settings>): string {
  const text = decode(params['sid'] ?? '')
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
