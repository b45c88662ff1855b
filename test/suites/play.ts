import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import type { Host, Received, Sent, Stand } from '../hosts/host.ts'

type TestWorld = WorldOf

/** One observable fact of an API, told by requests: written once, played on every host. */
export interface Behaviour {
  /** The clauses it shows. */
  readonly clauses: readonly string[]
  readonly title: string
  /** Default: users alice (enter), bob (onboarding), carol (blocked for 30 m), dave (bypass) on a clock that stands. */
  readonly scenario?: Scenario
  /** Hosts that cannot play it, by name, and why. */
  readonly unsuited?: { readonly [host: string]: string }
  readonly play: (scene: Scene) => Promise<void>
}

/** What a behaviour plays with. */
export interface Scene {
  readonly world: TestWorld
  /** Sends a request, and writes it and its answer into the transcript. */
  readonly send: (request: Sent) => Promise<Received>
  /** Sends the same request so many times at once. The order of the answers is chance, so only their statuses are noted. */
  readonly burst: (request: Sent, count: number) => Promise<readonly Received[]>
}

/** The instant at which every behaviour starts, on a clock that stands. */
export const startOfPlay = '2026-01-15T09:00:00Z'

/** Plays one behaviour; gives back the transcript. */
export async function playOne(host: Host, { scenario = {}, play }: Behaviour): Promise<string[]> {
  const frozen = { clock: { at: startOfPlay, frozen: true }, ...scenario }
  const world = await createWorld({ extends: 'default', ...frozen }, { salt: 'behaviour', time: () => 0 })
  const stand: Stand = await host.open(world)
  const transcript: string[] = []
  const send = async (request: Sent): Promise<Received> => {
    const received = await stand.send(request)
    transcript.push(`${tell(request)} → ${tellAnswer(received)}`)
    return received
  }
  const burst = async (request: Sent, count: number): Promise<readonly Received[]> => {
    const all = await Promise.all(Array.from({ length: count }, () => stand.send(request)))
    transcript.push(
      `${count} × ${tell(request)} → ${all
        .map(({ status }) => status)
        .sort((one, other) => one - other)
        .join(' ')}`,
    )
    return all
  }
  try {
    await play({ world, send, burst })
  } finally {
    await stand.close()
  }
  return byOrder(transcript)
}

function tell({ method, path, headers = {}, body }: Sent): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const shown = typeof body === 'string' ? JSON.stringify(body) : body === undefined ? '' : `${body.length} bytes`
  return [method, path, ...(head.length === 0 ? [] : [`[${head.join(', ')}]`]), shown].filter(Boolean).join(' ')
}

function tellAnswer({ status, headers, body, failed }: Received): string {
  if (failed === 'reset') return 'connection reset'
  const head = headers.map(([name, value]) => `${name}: ${value}`).sort()
  return withoutOrigin([status, `[${head.join(', ')}]`, failed ?? body].join(' ').trim())
}

/**
 * With what cookies hold named by the order in which it came, so that a transcript says which session is meant, and does
 * not change where another number is drawn.
 */
function byOrder(transcript: readonly string[]): string[] {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const [, cookie = '', value = ''] of transcript.join('\n').matchAll(/set-cookie: ([^=;, ]+)=([^;,\s]{8,})/g)) {
    if (names.has(value)) continue
    const count = (counts.get(cookie) ?? 0) + 1
    counts.set(cookie, count)
    names.set(value, `<${cookie} ${count}>`)
  }
  // A value may begin with another one, so the longest goes first.
  const values = [...names].sort(([one], [other]) => other.length - one.length)
  return transcript.map((line) => values.reduce((told, [value, name]) => told.replaceAll(value, name), line))
}

/** Each host is asked by another name, which some answers repeat. */
function withoutOrigin(told: string): string {
  return told
    .replaceAll(/https?:\/\/[\w.:-]+(?=\/jira\b)/g, '{origin}')
    .replaceAll(/https?%3A%2F%2F[\w.%-]+?(?=%2Fjira\b)/g, '{origin}')
}
