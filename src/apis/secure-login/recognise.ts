import { headerValue } from '../../core/http.ts'
import { own, objectIn, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer } from '../../core/kit.ts'
import { revisionStatuses, type Revision } from './revision.ts'

/** Journeys whose answers tell how a server was set up, and which send no wrong PIN. */
export const telling: readonly string[] = ['secure-login.onboarding', 'secure-login.inactive', 'secure-login.same-code']

/**
 * What the first answers of a server tell: the revision, by what somebody in onboarding or an inactive plug-in gets; and
 * whether a code is taken twice, as nothing could be checked otherwise that takes more than one.
 */
export function recognise(recorded: readonly RecordedAnswer[]): JsonObject {
  const revision = revisionOf(recorded)
  return {
    ...(revision === undefined ? {} : { revision }),
    ...(refusesReuse(recorded) ? { codeReuse: 'refused' } : {}),
  }
}

const revisions = Object.entries(revisionStatuses) as [Revision, (typeof revisionStatuses)[Revision]][]

function revisionOf(recorded: readonly RecordedAnswer[]): Revision | undefined {
  const states = new Map<string | undefined, unknown>()
  for (const each of recorded) {
    const { path, status, body } = each
    const session = sessionOf(each)
    if (path.endsWith('/user')) {
      const state = own(objectIn(body), 'state')
      states.set(session, state)
      const found = state === undefined ? revisions.find(([, { userInactive }]) => userInactive === status) : undefined
      if (found !== undefined) return found[0]
    } else if (path.endsWith('/auth') && states.get(session) === 'onboarding') {
      const found = revisions.find(([, { authOnboarding }]) => authOnboarding === status)
      if (found !== undefined) return found[0]
    }
  }
  return undefined
}

function sessionOf({ sent }: RecordedAnswer): string | undefined {
  return headerValue(sent, 'cookie') ?? headerValue(sent, 'authorization')
}

/** The right PIN was taken, and in the next session it was not. Whoever was asked about before that is somebody else. */
function refusesReuse(recorded: readonly RecordedAnswer[]): boolean {
  const asked = new Set(recorded.flatMap((each) => (each.path.endsWith('/user') ? [sessionOf(each)] : [])))
  const pins = recorded
    .filter((each) => each.path.endsWith('/auth') && !asked.has(sessionOf(each)))
    .map(({ status }) => status)
  return pins.some((status, index) => status === 200 && pins[index + 1] === 401)
}
