import { onTestFinished } from 'vitest'
import { listen, type Listener } from '../../src/server/node.ts'
import { createWorld, type Scenario, type World } from '../../src/index.ts'

/** A mock on a port of its own, with the hooks that a target names. */
export interface Mock extends Listener {
  readonly world: World
  readonly states: { readonly url: string }
  readonly clock: { readonly url: string }
}

/** Plays a scenario over HTTP until the test is over. */
export async function serveMock(scenario: string | Scenario = 'default'): Promise<Mock> {
  const world = await createWorld(scenario)
  // A connection that is closed for being idle while it is used again is a failure, and a busy machine takes its time.
  const listener = await listen(world, { limits: { idleMs: 3_600_000 } })
  onTestFinished(() => listener.close())
  return {
    ...listener,
    world,
    states: { url: `${listener.url}/__understudy/pact/states` },
    clock: { url: `${listener.url}/__understudy/clock/advance` },
  }
}

/** An independent server of an API, with the hooks that a target names. */
export interface Provider {
  readonly url: string
  readonly states: { readonly url: string }
  readonly clock: { readonly url: string }
  /** The wrong codes that users have seen, and how often that locked them. */
  attempts(): Promise<{ readonly [username: string]: { readonly wrong: number; readonly locked: number } }>
}

/** Runs an independent server until the test is over. */
export async function serveProvider(
  starting: Promise<{ readonly url: string; readonly close: () => Promise<void> }>,
): Promise<Provider> {
  const server = await starting
  const { url } = server
  onTestFinished(() => server.close())
  return {
    url,
    states: { url: `${url}/qa/states` },
    clock: { url: `${url}/qa/clock` },
    attempts: async () => (await fetch(`${url}/qa/attempts`)).json() as never,
  }
}
