import { pathToFileURL } from 'node:url'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, objectIn, type JsonObject } from '../core/json.ts'
import type { HttpClient } from './http-client.ts'
import { NotReachedError } from './player.ts'
import { runCommand } from './shell-command.ts'
import type { Target } from './target.ts'

/** How a target arranges provider states: by a URL, a command or a module, each told the same. */
export class StateHook {
  readonly #target: Target
  readonly #client: HttpClient

  constructor(target: Target, client: HttpClient) {
    this.#target = target
    this.#client = client
  }

  /** Gives back the values that requests need. */
  arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#change({ state, action: 'setup', params })
  }

  /** Undoes what a state arranged. Whoever arranges states need not know how. */
  async release(state: string): Promise<void> {
    await this.#change({ state, action: 'teardown', params: {} }).catch((error: unknown) => {
      if (!(error instanceof NotReachedError)) throw error
    })
  }

  /** Posts to a hook of the target. One that refuses cannot do what was asked; one that fails is down. */
  async post(url: string, body: JsonObject): Promise<JsonObject> {
    const headers = ['content-type', 'application/json']
    const answered = await this.#client.send('POST', url, headers, JSON.stringify(body))
    // Values are for requests; a hook that has none may answer anything.
    if (answered.status < 300) return objectIn(answered.body)
    const said = `${withoutUser(url)} answered ${answered.status}: ${answered.body.slice(0, 200)}`
    throw answered.status < 500 || answered.status === 501
      ? new NotReachedError(said)
      : new UnderstudyError('ERR_TARGET_UNREACHABLE', said)
  }

  async #change(change: JsonObject): Promise<JsonObject> {
    const { states, timeout } = this.#target
    if (states.url !== undefined) return this.post(states.url, change)
    if (states.command !== undefined)
      return objectIn(await runCommand(states.command, { input: JSON.stringify(change), timeout }))
    if (states.module !== undefined) return callModule(states.module, change)
    throw new NotReachedError(
      `the target has no way to arrange "${String(change['state'])}" (states: url, command or module)`,
    )
  }
}

async function callModule(file: string, change: JsonObject): Promise<JsonObject> {
  const { default: arrange } = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (typeof arrange !== 'function')
    throw new UnderstudyError('ERR_TARGET_INVALID', `${file} has no function as its default export.`)
  try {
    const values: unknown = await arrange(change)
    return isJsonObject(values) ? values : {}
  } catch (error) {
    throw new NotReachedError(`${file} could not arrange "${String(change['state'])}": ${String(error)}`)
  }
}

function withoutUser(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
