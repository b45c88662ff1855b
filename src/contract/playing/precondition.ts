import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { toAccount } from './assign-accounts.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { NotReachedError, type Call, type Player } from './player.ts'
import { canArrange } from './readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { everyAccount } from '../target/target.ts'

/** How a player gets into the states that an interaction presupposes, and out of them again. */
export interface Precondition {
  /** Gives back the values that the request names. */
  prepare(player: Player): Promise<JsonObject>
  release(player: Player): Promise<void>
}

type State = PactInteraction['states'][number]

/** Whatever presupposes states. */
type Presupposing = Pick<PactInteraction, 'states'>

/** The states are arranged where the target can do that; elsewhere its accounts and settings have to be so already. */
export function preconditionOf(loaded: LoadedTarget, { states }: Presupposing): Precondition {
  if (!canArrange(loaded))
    return { prepare: (player) => valuesOf(loaded, states, player), release: () => Promise.resolve() }
  return arranging(states, (state) => givenBy(loaded, state))
}

/** The states are arranged by whoever plays; one that is refused has to be `given` already, with these values. */
export function arranging(
  states: readonly State[],
  given: (state: State) => JsonObject | undefined = () => undefined,
): Precondition {
  return {
    prepare: async (player) => {
      let values: JsonObject = {}
      for (const state of states) {
        const { name, params } = state
        const own = await player.arrange(name, params).catch((error: unknown) => {
          const already = error instanceof NotReachedError ? given(state) : undefined
          if (already === undefined) throw error
          return already
        })
        values = { ...values, ...params, ...own }
      }
      return values
    },
    release: async (player) => player.release?.(states.map(({ name }) => name)),
  }
}

/** Why a target that cannot arrange states is not in those of an interaction; undefined if it is. */
export function whyUnprepared(loaded: LoadedTarget, { states }: Presupposing): string | undefined {
  if (canArrange(loaded)) return undefined
  const missing = states.find(
    (state) => givenBy(loaded, state) === undefined && accountFor(loaded, state) === undefined,
  )
  if (missing === undefined) return undefined
  const params = Object.keys(missing.params)
  const what = `"${missing.name}"${params.length === 0 ? '' : ` with ${params.join(', ')}`}`
  return `the target has no way to arrange ${what} (states: url, command or module), and neither settings nor an account that are so`
}

/** A user whom a request names although only a provider state could have made that one. */
export function strangerIn(loaded: LoadedTarget, { states }: Presupposing, call: Call): string | undefined {
  const said = textOf(call)
  return states
    .filter((state) => accountFor(loaded, state) !== undefined)
    .map(({ name, params }) =>
      String(params['username'] ?? loaded.api.providerStates[name]?.params['username']?.default),
    )
    .find((username) => said.includes(username) && !isAccount(loaded, username))
}

async function valuesOf(loaded: LoadedTarget, states: readonly State[], player: Player): Promise<JsonObject> {
  let values: JsonObject = {}
  for (const state of states) {
    const known = givenBy(loaded, state)
    if (known === undefined) values = { ...values, ...(await valuesOfAccount(loaded, state, player)) }
    else values = { ...values, ...known }
  }
  return values
}

async function valuesOfAccount(loaded: LoadedTarget, state: State, player: Player): Promise<JsonObject> {
  const account = accountFor(loaded, state)
  if (account === undefined) return {}
  const { username, password = username, facts } = account
  const { cookies } = await player.open(account)
  const session = cookies.find(({ name }) => name === loaded.api.kit.login?.cookie)?.value
  return { ...facts, username, password, ...(session === undefined ? {} : { session }) }
}

function givenBy({ api, settings }: LoadedTarget, { name, params }: State): JsonObject | undefined {
  return api.kit.given?.(name, params, settings)
}

/** The account whose role is what a state arranges: with the same params, but for those that are the account's own. */
function accountFor({ api, target }: LoadedTarget, { name, params }: State): Account | undefined {
  for (const [role, account] of Object.entries(target.accounts)) {
    const { state, also } = api.kit.roles[role] ?? {}
    if (state?.name !== name || also !== undefined) continue
    const isOwn = (param: string): boolean => /^\{\w+\}$/.test(String(state.params[param]))
    const names = new Set([...Object.keys(params), ...Object.keys(state.params)])
    if ([...names].every((param) => isOwn(param) || params[param] === state.params[param]))
      return toAccount(role, account)
  }
  return undefined
}

function isAccount({ target }: LoadedTarget, username: string): boolean {
  return everyAccount(target).some(([, account]) => account.username === username)
}

/** All that a request says, credentials in Base64 too. */
function textOf({ path, headers, body = '' }: Call): string {
  const credentials = headers.flatMap((header) => {
    const encoded = /^Basic ([\w+/=-]+)$/.exec(header)?.[1]
    return encoded === undefined ? [] : [Buffer.from(encoded, 'base64').toString()]
  })
  return [path, ...headers, body, ...credentials].join('\n')
}
