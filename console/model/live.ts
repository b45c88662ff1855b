import { batch, effect, signal, type Signal } from '@preact/signals'
import { follow } from '../server/events.ts'
import { Server } from '../server/server.ts'
import { toProblem } from '../server/problem.ts'
import type {
  ApiView,
  ChangeView,
  LintView,
  NextView,
  RequestView,
  ScheduledView,
  SnapshotLine,
  State,
  Users,
  WorldLine,
} from '../server/types.ts'
import { now, tellClock } from './clock.ts'
import {
  isAsked,
  isNarrowed,
  requestQuery,
  requestsAsked,
  userQuery,
  usersAsked,
  wrongRequests,
  wrongUsers,
} from './filter.ts'
import { announce, toast } from './messages.ts'
import { worldName } from './place.ts'
import { token, tokenWanted } from './token.ts'

let latestChange: string | undefined

/** The id of the latest change that this page has made, once. */
export function takeMade(): string | undefined {
  const id = latestChange
  latestChange = undefined
  return id
}

/** The control API, below which this page stands. */
export const server: Server = new Server(location.pathname.replace(/\/[^/]*$/, ''), {
  world: () => worldName.peek(),
  token: () => token.peek(),
  refused: (why) => {
    tokenWanted.value = why.message
  },
  changed: (id) => {
    latestChange = id
  },
})

export const connection: Signal<'connecting' | 'live' | 'lost'> = signal('connecting')
export const state: Signal<State | undefined> = signal(undefined)
export const apis: Signal<readonly ApiView[]> = signal([])
export const users: Signal<Users | undefined> = signal(undefined)
export const requests: Signal<readonly RequestView[]> = signal([])
/** How many requests there were in all, those of the page the last of them. */
export const requestTotal: Signal<number> = signal(0)
export const changes: Signal<readonly ChangeView[]> = signal([])
/** What the app did against the rules of the APIs, by request. */
export const lints: Signal<ReadonlyMap<string, readonly LintView[]>> = signal(new Map())
export const next: Signal<NextView | undefined> = signal(undefined)
/** What is scheduled, the next first. */
export const schedule: Signal<readonly ScheduledView[]> = signal([])
export const snapshots: Signal<readonly SnapshotLine[]> = signal([])
export const worlds: Signal<readonly WorldLine[]> = signal([])

/** How many users of each API are asked for. */
export const shownUsers: Signal<number> = signal(100)

/** Requests kept in the page; the server keeps more. */
const keptRequests = 300
const restMs = 150

let wanted: 'nothing' | 'some' | 'all' = 'nothing'
let running = false

/**
 * Asks again, soon; often called, seldom done. `some` is what a request of the app can have changed; settings, snapshots
 * and worlds it cannot.
 */
export async function refresh(how: 'some' | 'all' = 'all'): Promise<void> {
  if (wanted !== 'all') wanted = how
  if (running) return
  running = true
  try {
    while (wanted !== 'nothing') {
      const asked: 'some' | 'all' = wanted
      wanted = 'nothing'
      await load(asked)
      await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  } finally {
    running = false
  }
}

async function load(how: 'some' | 'all'): Promise<void> {
  const world = worldName.peek()
  try {
    const [some, others] = await Promise.all([askSome(), how === 'all' ? askOthers() : undefined])
    if (world !== worldName.peek()) return
    batch(() => {
      state.value = some.state
      users.value = some.users
      next.value = some.next
      schedule.value = some.schedule
      lints.value = some.lints
      tellClock(some.state.clock)
      if (others === undefined) return
      apis.value = others.apis
      snapshots.value = others.snapshots
      worlds.value = others.worlds
    })
  } catch (error) {
    const problem = toProblem(error)
    // A server that is gone is told once, at the top of the page; so is one that wants a token.
    if (problem.status !== 0 && problem.status !== 401) toast('bad', problem.title, problem.message)
  }
}

interface Some {
  readonly state: State
  readonly users: Users
  readonly next: NextView | undefined
  readonly schedule: readonly ScheduledView[]
  readonly lints: ReadonlyMap<string, readonly LintView[]>
}

async function askSome(): Promise<Some> {
  const [told, found, soon, { events }, { lints: broken }] = await Promise.all([
    server.request('GET /state'),
    askUsers(),
    server.request('GET /clock/next'),
    server.request('GET /schedule'),
    server.request('GET /lints'),
  ])
  return { state: told, users: found, next: soon.next ?? undefined, schedule: events, lints: byRequest(broken) }
}

/** Nobody, where what is looked for means nothing. */
async function askUsers(): Promise<Users> {
  try {
    const found = await server.request('GET /users', { query: { limit: shownUsers.peek(), ...usersAsked() } })
    wrongUsers.value = undefined
    return found
  } catch (error) {
    const { status, message } = toProblem(error)
    if (status === 0 || status === 401 || userQuery.peek() === '{}') throw error
    wrongUsers.value = message
    return { total: 0, users: [] }
  }
}

function byRequest(broken: readonly LintView[]): ReadonlyMap<string, readonly LintView[]> {
  const found = new Map<string, LintView[]>()
  for (const lint of broken) found.set(lint.request, [...(found.get(lint.request) ?? []), lint])
  return found
}

interface Others {
  readonly apis: readonly ApiView[]
  readonly snapshots: readonly SnapshotLine[]
  readonly worlds: readonly WorldLine[]
}

async function askOthers(): Promise<Others> {
  const [described, saved, known] = await Promise.all([
    server.request('GET /apis'),
    server.request('GET /snapshots'),
    server.request('GET /worlds'),
  ])
  return { apis: described.apis, snapshots: saved.snapshots, worlds: known.worlds }
}

/** What happened before the stream was open. */
async function loadPast(): Promise<void> {
  const world = worldName.peek()
  const asked = requestQuery.peek()
  const [{ requests: past, total }, { changes: made }] = await Promise.all([
    askRequests(),
    server.request('GET /changes'),
  ])
  if (world !== worldName.peek() || asked !== requestQuery.peek()) return
  batch(() => {
    requests.value = past
    requestTotal.value = total
    changes.value = made.slice(-keptRequests)
  })
}

/** None, where what is looked for means nothing. */
async function askRequests(): Promise<{ readonly requests: readonly RequestView[]; readonly total: number }> {
  try {
    const found = await server.request('GET /requests', { query: { limit: keptRequests, ...requestsAsked() } })
    wrongRequests.value = undefined
    return found
  } catch (error) {
    const { status, message } = toProblem(error)
    if (status === 0 || status === 401 || !isNarrowed.peek()) throw error
    wrongRequests.value = message
    return { requests: [], total: requestTotal.peek() }
  }
}

let arrived: RequestView[] = []
let delivering = false

/** Many requests may come at once; the page is drawn for all of them together. */
function receive(request: RequestView): void {
  arrived.push(request)
  if (delivering) return
  delivering = true
  setTimeout(() => {
    const known = new Set(requests.peek().map(({ id }) => id))
    const fresh = arrived.filter(({ id }) => !known.has(id))
    batch(() => {
      requests.value = [...requests.peek(), ...fresh.filter(isAsked)].slice(-keptRequests)
      requestTotal.value += fresh.length
    })
    arrived = []
    delivering = false
    void refresh('some')
  }, 100)
}

/** Keeps the page as the server is, whatever world is looked at, while the page is seen. */
export function start(): void {
  let stop: (() => void) | undefined
  const open = (): void => {
    stop?.()
    stop = follow(server, {
      opened: () => {
        connection.value = 'live'
        void refresh()
        void loadPast().catch(() => undefined)
      },
      lost: () => {
        connection.value = 'lost'
      },
      request: receive,
      change: ({ what }) => {
        announce(what)
        void refresh()
        // A reset or a snapshot may have changed what went before.
        void loadPast().catch(() => undefined)
      },
    })
  }
  effect(() => {
    void worldName.value
    void token.value
    batch(() => {
      users.value = undefined
      requests.value = []
      changes.value = []
    })
    open()
  })
  let isFirst = true
  effect(() => {
    void requestQuery.value
    if (!isFirst) void loadPast().catch(() => undefined)
  })
  effect(() => {
    void userQuery.value
    if (!isFirst) void refresh('some')
  })
  isFirst = false
  // A browser opens no more than six connections to one server: pages that nobody sees do without.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stop?.()
      stop = undefined
    } else if (stop === undefined) open()
  })
  // Time alone changes states as well.
  effect(() => {
    const due = next.value
    if (due !== undefined && now.value >= Date.parse(due.at)) setTimeout(() => void refresh('some'), 50)
  })
}
