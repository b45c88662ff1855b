import type { AnyApi, SessionView, UserView } from '../core/api.ts'
import { either } from '../core/either.ts'
import { integer, object, text } from '../core/field.ts'
import type { Infer, InferField } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { isJsonObject } from '../core/json.ts'
import type { Records } from '../core/step.ts'
import type { Entry } from './entry.ts'
import type { Note } from './journal.ts'
import { sides } from './linter.ts'
import { maskSession } from './mask.ts'
import type { AnySettings } from './any-settings.ts'
import type { Stage } from './stage.ts'
import { requestFields } from './view-fields.ts'
import { viewRequest } from './views.ts'

const stateFields = {
  state: text({ about: 'the state that requests met' }),
  failures: integer({ about: 'how many failures were counted', optional: true }),
  limit: integer({ about: 'how many lock', optional: true }),
  until: text({ about: 'when the state ends by itself', optional: true }),
}

/** A user's or a session's state at one side of a request. */
export type StateView = Infer<typeof stateFields>

/** One step of what a user did and met: a request of theirs, or what was changed from outside: clock, setting, this user. */
export const stepField = either(
  'kind',
  {
    request: {
      ...requestFields,
      before: object(stateFields, { about: 'the user before it', optional: true }),
      after: object(stateFields, { about: 'the user after it', optional: true }),
      session: object(
        {
          id: text({ about: 'the start of its id' }),
          before: text({ about: 'its state before', optional: true }),
          after: text({ about: 'its state after', optional: true }),
        },
        { about: 'the session that it came with or opened', optional: true },
      ),
    },
    change: {
      at: text({ about: "the mocked server's time, ISO-8601" }),
      what: text({ about: 'what was changed, in words' }),
    },
  },
  { about: 'a request, or a change' },
)

export type SequenceStep = InferField<typeof stepField>

/** A request of one user, and what it did to that user and to the session it came with. */
export type SequenceRequest = Extract<SequenceStep, { kind: 'request' }>

/** Something that was changed from outside: the clock, a setting, this user. */
export type SequenceChange = Extract<SequenceStep, { kind: 'change' }>

/** What one user did and met, oldest first, with what was changed from outside meanwhile. */
export function sequenceOf(stage: Stage, api: AnyApi, username: string): SequenceStep[] {
  const key = `${api.id}/user:${username}`
  const notes = stage.journal.notes.filter(({ about }) => about === undefined || about === key)
  const steps: SequenceStep[] = []
  let place = stage.journal.evicted
  let next = 0
  const tell = (until: number): void => {
    for (let note = notes[next]; note !== undefined && note.after <= until; note = notes[++next]) {
      steps.push(viewNote(note))
    }
  }
  for (const entry of stage.journal.entries()) {
    const isTheirs = entry.api === api.id && (entry.user === username || entry.reads.has(key))
    if (isTheirs) {
      tell(place)
      steps.push(viewStep(stage, api, entry, username))
    }
    place++
  }
  tell(place)
  return steps
}

function viewNote({ at, what }: Note): SequenceChange {
  return { kind: 'change', at: toIso(at), what }
}

function viewStep(stage: Stage, api: AnyApi, entry: Entry, username: string): SequenceRequest {
  const settings = stage.settings(api)
  const [before, after] = sides(entry, api)
  const session = sessionOf(entry, api)
  const user = (records: Records): { readonly view?: StateView } => {
    const record = records.get(`user:${username}`)
    return isJsonObject(record) ? { view: viewState(api.viewUser(record, settings, entry.at)) } : {}
  }
  const [was, is] = [user(before).view, user(after).view]
  return {
    ...viewRequest(entry, stage.apis),
    kind: 'request',
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
    ...(session === undefined
      ? {}
      : {
          session: {
            id: maskSession(session),
            ...stateOf('before', viewSession(api, session, before, settings, entry.at)),
            ...stateOf('after', viewSession(api, session, after, settings, entry.at)),
          },
        }),
  }
}

/** The session that was opened or changed; else the first that was read. */
function sessionOf(entry: Entry, api: AnyApi): string | undefined {
  const changed = entry.changes.map(({ key }) => key).find((key) => key.startsWith('session:'))
  if (changed !== undefined) return changed.slice('session:'.length)
  const prefix = `${api.id}/session:`
  const read = [...entry.reads].find(([key, record]) => key.startsWith(prefix) && record !== undefined)
  return read?.[0].slice(prefix.length)
}

function viewSession(
  api: AnyApi,
  id: string,
  records: Records,
  settings: AnySettings,
  at: number,
): SessionView | undefined {
  const record = records.get(`session:${id}`)
  return isJsonObject(record) ? api.viewSession?.(record, records, settings, at) : undefined
}

function stateOf<Side extends 'before' | 'after'>(
  side: Side,
  view: SessionView | undefined,
): { readonly [name in Side]?: string } {
  return (view === undefined ? {} : { [side]: view.state }) as { readonly [name in Side]?: string }
}

// Without what is met whatever the state: that follows from the settings of now, and the answer says what it was then.
function viewState({ state, failures, limit, until }: UserView): StateView {
  return {
    state,
    ...(failures === undefined ? {} : { failures }),
    ...(limit === undefined ? {} : { limit }),
    ...(until === undefined ? {} : { until: toIso(until) }),
  }
}
