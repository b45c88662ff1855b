import { pathToFileURL } from 'node:url'
import { UnderstudyError } from '../../core/errors.ts'
import { isJsonObject, objectIn, type JsonObject } from '../../core/json.ts'
import type { HttpClient } from './http-client.ts'
import { HookFailedError, NotReachedError } from './player.ts'
import { runShellCommand } from './shell-command.ts'
import type { Target } from '../target/target.ts'

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
      if (!(error instanceof NotReachedError || error instanceof HookFailedError)) throw error
    })
  }

  /** Moves the server's clock on. */
  async move(url: string, ms: number): Promise<void> {
    await this.#post(url, { by: ms }, 'move the clock')
  }

  async #post(url: string, body: JsonObject, what: string): Promise<JsonObject> {
    const headers = ['content-type', 'application/json']
    const answered = await this.#client.send('POST', url, headers, JSON.stringify(body)).catch((error: unknown) => {
      throw error instanceof UnderstudyError ? new HookFailedError(`could not ${what}: ${error.message}`) : error
    })
    // Values are for requests; a hook that has none may answer anything.
    if (answered.status < 300) return objectIn(answered.body)
    const said = `${withoutUser(url)} answered ${answered.status}: ${answered.body.slice(0, 200)}`
    throw refusals.has(answered.status)
      ? new NotReachedError(`the target's hook cannot ${what}: ${said}`)
      : new HookFailedError(`could not ${what}: ${said}`)
  }

  async #change(change: JsonObject): Promise<JsonObject> {
    const { states, timeout } = this.#target
    const what = `${change['action'] === 'teardown' ? 'take back' : 'arrange'} "${String(change['state'])}"`
    if (states.url !== undefined) return notRefused(what, await this.#post(states.url, change, what))
    if (states.command !== undefined)
      return notRefused(
        what,
        objectIn(await runShellCommand(states.command, { input: JSON.stringify(change), timeout })),
      )
    if (states.module !== undefined) return notRefused(what, await callModule(states.module, change, what))
    throw new NotReachedError(`the target has no way to ${what} (states: url, command or module)`)
  }
}

/** Statuses by which a hook says that it does not know a state, or not with these params. */
const refusals: ReadonlySet<number> = new Set([422, 501])

/** A hook of any kind may say so in what it gives back, too. */
function notRefused(what: string, values: JsonObject): JsonObject {
  const why = values['refused']
  if (why === undefined) return values
  throw new NotReachedError(`the target's hook cannot ${what}: ${String(why)}`)
}

async function callModule(file: string, change: JsonObject, what: string): Promise<JsonObject> {
  const { default: arrange } = (await import(pathToFileURL(file).href)) as { default?: unknown }
  if (typeof arrange !== 'function')
    throw new UnderstudyError('ERR_TARGET_INVALID', `${file} has no function as its default export.`)
  try {
    const values: unknown = await arrange(change)
    return isJsonObject(values) ? values : {}
  } catch (error) {
    throw new HookFailedError(`${file} could not ${what}: ${String(error)}`)
  }
}

function withoutUser(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
