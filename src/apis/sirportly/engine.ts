import { headerValue, type HttpRequest } from '../../core/http.ts'
import type { Operation } from '../../core/route.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'
import { isRefusal, type AccountMember } from './forms.ts'
import { readParameters } from './parameters.ts'
import { authenticatePath, olderPath } from './paths.ts'
import type { Settings } from './settings.ts'
import { accounts, isPermitted, namesakesOf, openAccount, readUser, userIdOf, users, type User } from './state.ts'
import { judge, type Verdict } from './verdict.ts'

/** Everything the host answers, by operation id. */
export const operations = [
  {
    id: 'authenticate',
    methods: [],
    paths: [authenticatePath, olderPath],
    summary: 'tells who has these credentials, with API tokens',
    step: (records, request, context) => inStatus(authenticate(records, request, context), context.settings),
  },
] as const satisfies readonly Operation<Settings>[]

/** What somebody claims to be. */
interface Credentials {
  readonly username: string
  readonly password: string
  readonly code: string | undefined
}

/** The order of the checks, here and below, is SP-U9. */
function authenticate(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const refused = refuseApplication(headerValue(request.headers, 'x-auth-application'), context.settings)
  if (refused !== undefined) return { reply: refused, changes: [] }
  const { username, password, code, account, unread } = readParameters(request, context)
  if (username === undefined || password === undefined) {
    const missing = [...(username === undefined ? ['username'] : []), ...(password === undefined ? ['password'] : [])]
    return { reply: replies.invalidParameters(missing, unread), changes: [] }
  }
  const credentials = { username, password, code }
  if (account === undefined) return anywhere(records, credentials, context)
  return within(records, account, credentials, context)
}

function refuseApplication(token: string | undefined, { applications }: Settings): Reply | undefined {
  if (token === undefined || token.trim() === '') return replies.noApplication
  return applications.length === 0 || applications.includes(token) ? undefined : replies.unknownApplication
}

function within(records: Records, permalink: string, credentials: Credentials, context: Context<Settings>): Outcome {
  const isThere = readUser(records, permalink, credentials.username) !== undefined
  const isOpen = openAccount(records, permalink, context.settings) !== undefined
  const about = isThere && isOpen ? { user: userIdOf(permalink, credentials.username) } : {}
  const found = find(records, permalink, credentials, context)
  if ('reply' in found) return { reply: found.reply, changes: [], ...about }
  const verdict = judge(found.user, credentials.code, context)
  const reply = verdict.isAdmitted ? replies.authenticated(found, verdict.because) : verdict.reply
  return { reply, changes: changesOf(found.user, verdict), ...about }
}

/**
 * Whoever has these credentials in the account that is named, or why that is nobody. By the page an unknown account and
 * a refused address are told to valid credentials only, in whichever account they are valid (SP-16).
 */
function find(
  records: Records,
  permalink: string,
  { username, password }: Credentials,
  { settings, address }: Context<Settings>,
): AccountMember | { readonly reply: Reply } {
  const account = openAccount(records, permalink, settings)
  const user = readUser(records, permalink, username)
  const isRight = user?.password === password
  const isRightElsewhere = !isRight && hasPasswordAnywhere(records, username, password)
  const isFirst = settings.order === 'credentials-first'
  const wrong = (): { readonly reply: Reply } => {
    if (isRightElsewhere) return { reply: replies.rightElsewhere(username, password, permalink) }
    const because = user === undefined ? `${permalink} has no user of that name` : 'the password is wrong'
    return { reply: replies.invalidCredentials(username, password, permalink, because) }
  }
  if (isFirst && !isRight && !isRightElsewhere) return wrong()
  if (account === undefined) {
    const isDisabled = accounts.get(records, permalink) !== undefined
    const told = isDisabled ? replies.accountDisabled : replies.accountNotFound
    return { reply: told(permalink) }
  }
  if (isFirst && !isRight) return wrong()
  if (!isPermitted(account, address)) return { reply: replies.notPermitted(address, account) }
  return isRight ? { user, account } : wrong()
}

function hasPasswordAnywhere(records: Records, username: string, password: string): boolean {
  return namesakesOf(records, username).some((id) => users.get(records, id)?.password === password)
}

/** Somebody in one of the accounts. */
interface Candidate extends AccountMember {
  readonly verdict: Verdict
  readonly isOutside: boolean
}

function anywhere(records: Records, { username, password, code }: Credentials, context: Context<Settings>): Outcome {
  const members = membersOf(records, username, context.settings)
  const about = nameOf(username, members)
  const matching = members.filter(({ user }) => user.password === password)
  if (matching.length === 0) {
    const because =
      members.length === 0 ? 'no account has a user of that name' : 'the password is wrong in each account'
    return { reply: replies.invalidAnywhere(username, password, because), changes: [], ...about }
  }
  const candidates = matching.map(({ user, account }): Candidate => {
    const isOutside = !isPermitted(account, context.address)
    const verdict: Verdict = isOutside
      ? { isAdmitted: false, reply: replies.notPermitted(context.address, account), next: user }
      : judge(user, code, context)
    return { user, account, verdict, isOutside }
  })
  // Whoever has several authenticator apps would be locked out of one account by signing in to the other (SP-X3).
  const codeWasRight = candidates.some(({ verdict }) => verdict.isAdmitted && verdict.byCode)
  const counted = candidates.filter(({ verdict }) => verdict.isAdmitted || !codeWasRight)
  return {
    reply: replyToAll(candidates, context.settings),
    changes: counted.flatMap(({ user, verdict }) => changesOf(user, verdict)),
    ...about,
  }
}

/** The users of a name in accounts that can be used, by id. */
function membersOf(records: Records, username: string, settings: Settings): readonly AccountMember[] {
  return namesakesOf(records, username)
    .flatMap((id) => {
      const user = users.get(records, id)
      const account = user === undefined ? undefined : openAccount(records, user.account, settings)
      return user === undefined || account === undefined ? [] : [{ user, account }]
    })
    .sort((one, other) => one.user.id - other.user.id)
}

/** What the journal and faults call them: the user, or only the name where it is several. */
function nameOf(username: string, members: readonly AccountMember[]): { readonly user?: string } {
  const [first, ...others] = members
  if (first === undefined) return {}
  return { user: others.length === 0 ? userIdOf(first.user.account, username) : username }
}

function replyToAll(candidates: readonly Candidate[], { nobodyLeft }: Settings): Reply {
  const admitted = candidates.filter(({ verdict }) => verdict.isAdmitted)
  const leftOut = candidates.length - admitted.length
  const others = leftOut === 0 ? '' : `; left out: ${leftOut}`
  if (admitted.length > 0) {
    return replies.authenticatedAnywhere(admitted, `the credentials are right for ${admitted.length}${others}`)
  }
  for (const { verdict, user, isOutside } of candidates) {
    if (verdict.isAdmitted || verdict.reply === replies.noApiAccess) continue
    const answer = isOutside ? replies.nobodyPermitted : replies.nobodyLeft
    const told = nobodyLeft === 'empty' ? replies.emptyList('') : verdict.reply
    return answer(told, `nobody is left; ${user.account}: ${verdict.reply.because}`)
  }
  return replies.emptyList(`the credentials are right, and none of ${leftOut} has API access`)
}

function changesOf(user: User, { next }: Verdict): readonly Change[] {
  return next === user ? [] : [users.put(userIdOf(user.account, user.username), next)]
}

/** The status that the settings give an answer (SP-U1, SP-U2); what is invalid stays that (SP-U4). */
function inStatus(outcome: Outcome, { statusCodes }: Settings): Outcome {
  const { reply } = outcome
  if (reply.status === 422) return outcome
  if (statusCodes === 'always200') return { ...outcome, reply: { ...reply, status: 200 } }
  const isForbidden = statusCodes === 'byOutcome' && reply.status === 200 && isRefusal(reply)
  return isForbidden ? { ...outcome, reply: { ...reply, status: 403 } } : outcome
}
