import { batch, effect, signal, type Signal } from '@preact/signals'
import { follow } from '../server/events.ts'
import { Server } from '../server/server.ts'
import { toProblem } from '../server/problem.ts'
import type { ApiView, ChangeView, NextView, RequestView, Session, SnapshotLine, State, User, WorldLine } from '../server/types.ts'
import { now, tellClock } from './clock.ts'
import { announce, toast } from './messages.ts'
import { worldName } from './place.ts'

/** The control API, below which this page stands. */
export const server: Server = new Server(location.pathname.replace(/\/[^/]*$/, ''), () => worldName.peek())

export const connection: Signal<'connecting' | 'live' | 'lost'> = signal('connecting')
export const state: Signal<State | undefined> = signal(undefined)
export const apis: Signal<readonly ApiView[]> = signal([])
export const users: Signal<{ readonly total: number; readonly users: readonly User[] } | undefined> = signal(undefined)
export const sessions: Signal<readonly Session[]> = signal([])
export const requests: Signal<readonly RequestView[]> = signal([])
/** How many requests there were in all, those of the page the last of them. */
export const requestTotal: Signal<number> = signal(0)
export const changes: Signal<readonly ChangeView[]> = signal([])
export const next: Signal<NextView | undefined> = signal(undefined)
export const snapshots: Signal<readonly SnapshotLine[]> = signal([])
export const worlds: Signal<readonly WorldLine[]> = signal([])

/** How the users are looked for. */
export const search: Signal<string> = signal('')
/** How many users of each API are asked for. */
export const shownUsers: Signal<number> = signal(100)

/** Requests kept in the page; the server keeps more. */
const keptRequests = 300
const restMs = 300

let running = false
let again = false

/** Asks for everything again, soon; often called, seldom done. */
export async function refresh(): Promise<void> {
  if (running) {
    again = true
    return
  }
  running = true
  try {
    do {
      again = false
      await load()
      await new Promise((resolve) => setTimeout(resolve, restMs))
    } while (again)
  } finally {
    running = false
  }
}

async function load(): Promise<void> {
  const world = worldName.peek()
  const query = new URLSearchParams({ limit: String(shownUsers.peek()), ...(search.peek() === '' ? {} : { search: search.peek() }) })
  try {
    const [told, described, found, opened, soon, saved, known] = await Promise.all([
      server.get<State>('/state'),
      server.get<{ apis: ApiView[] }>('/apis'),
      server.get<{ total: number; users: User[] }>(`/users?${query}`),
      server.get<{ sessions: Session[] }>('/sessions?limit=1000'),
      server.get<{ next: NextView | null }>('/clock/next'),
      server.get<{ snapshots: SnapshotLine[] }>('/snapshots'),
      server.get<{ worlds: WorldLine[] }>('/worlds'),
    ])
    if (world !== worldName.peek()) return
    batch(() => {
      state.value = told
      apis.value = described.apis
      users.value = found
      sessions.value = opened.sessions
      next.value = soon.next ?? undefined
      snapshots.value = saved.snapshots
      worlds.value = known.worlds
      tellClock(told.clock)
    })
  } catch (error) {
    const problem = toProblem(error)
    // A server that is gone is told once, at the top of the page.
    if (problem.status !== 0) toast('bad', problem.title, problem.message)
  }
}

/** What happened before the stream was open. */
async function loadPast(): Promise<void> {
  const world = worldName.peek()
  const [{ requests: past, total }, { changes: made }] = await Promise.all([
    server.get<{ requests: RequestView[]; total: number }>(`/requests?limit=${keptRequests}`),
    server.get<{ changes: ChangeView[] }>('/changes'),
  ])
  if (world !== worldName.peek()) return
  batch(() => {
    requests.value = past
    requestTotal.value = total
    changes.value = made.slice(-keptRequests)
  })
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
      requests.value = [...requests.peek(), ...fresh].slice(-keptRequests)
      requestTotal.value += fresh.length
    })
    arrived = []
    delivering = false
    void refresh()
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
    batch(() => {
      users.value = undefined
      requests.value = []
      changes.value = []
    })
    open()
  })
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
    if (due !== undefined && now.value >= Date.parse(due.at)) setTimeout(() => void refresh(), 50)
  })
}
