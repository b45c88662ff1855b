import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { AnyApi } from '../core/api.ts'
import { check } from '../core/check.ts'
import { didYouMean, UnderstudyError, type Issue } from '../core/errors.ts'
import { choice, flag, integer, map, object, text, anything, type Field, type Fields } from '../core/field.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { parseSource, type Source } from '../scenario/source.ts'
import type { CheckedApi } from './oracle.ts'

/** An account as a target file writes it. */
export type TargetAccount = {
  readonly username: string
  readonly password?: string
  readonly pin?: string
  readonly totp?: { readonly secret: string }
  /** A command that prints the code. */
  readonly code?: string
  /** Whether wrong codes may lock it. */
  readonly mayBeLocked: boolean
  readonly facts: JsonObject
}

/** How the first-factor session is opened, if not by the host's own login. */
export type TargetSession = {
  readonly kind: 'jira' | 'basic' | 'cookie' | 'header' | 'command'
  /** For cookie and header: `NAME=value`, `name: value`; by username where accounts differ. */
  readonly value?: string
  readonly values: { readonly [username: string]: string }
  /** For command: prints a Cookie line for the username in its last argument. */
  readonly command?: string
}

/** A real server, and what may be done to it. */
export type Target = {
  readonly $schema?: string
  readonly api: string
  readonly baseUrl: string
  readonly session: TargetSession
  readonly settings: JsonObject
  readonly accounts: { readonly [role: string]: TargetAccount }
  readonly states: { readonly url?: string; readonly command?: string; readonly module?: string }
  readonly clock: { readonly url?: string }
  readonly headers: { readonly [name: string]: string }
  readonly tls: { readonly ca?: string; readonly insecure: boolean }
  readonly timeout: number
}

const accountFields: Fields<TargetAccount> = {
  username: text({ about: 'who' }),
  password: text({ about: "the first factor's password; the username if blank", secret: true, optional: true }),
  pin: text({ about: 'a fixed PIN or code', secret: true, optional: true }),
  totp: object(
    { secret: text({ about: 'Base32', secret: true }) },
    { about: "an authenticator app's secret", optional: true },
  ),
  code: text({ about: 'a command that prints the code', optional: true }),
  mayBeLocked: flag({ about: 'whether wrong codes may lock the account', default: false }),
  facts: anything<JsonObject>({ about: 'what a scenario would say of the user', default: {} }),
}

const sessionFields: Fields<TargetSession> = {
  kind: choice(['jira', 'basic', 'cookie', 'header', 'command'], {
    about: "jira: by the host's session resource; basic: by Basic credentials; the others by what is given here",
    default: 'jira',
  }),
  value: text({ about: 'for cookie and header: `NAME=value`, `name: value`', secret: true, optional: true }),
  values: map(text({ about: 'the cookie or header', secret: true }), { about: 'the same, by username', default: {} }),
  command: text({ about: 'for command: prints a Cookie line for the username in UNDERSTUDY_USERNAME', optional: true }),
}

const stateFields: Fields<Target['states']> = {
  url: text({ about: 'arranges provider states: POST { state, action, params }', optional: true }),
  command: text({ about: 'does the same, with the JSON on its stdin', optional: true }),
  module: text({ about: 'does the same: its default export is called with it', optional: true }),
}

const clockFields: Fields<Target['clock']> = {
  url: text({ about: 'moves the clock on: POST { by } in milliseconds', optional: true }),
}

const tlsFields: Fields<Target['tls']> = {
  ca: text({ about: 'a file with the certificate to trust', optional: true }),
  insecure: flag({ about: 'trusts any certificate', default: false }),
}

const fields: Fields<Target> = {
  $schema: text({ about: 'where the JSON Schema of targets is, for editors', optional: true }),
  api: text({ about: 'which API' }),
  baseUrl: text({
    about: 'up to and with the context path, such as https://jira.example/jira',
    pattern: /^https?:\/\/\S+$/,
    shape: 'a URL',
  }),
  session: object(sessionFields, { about: 'how the first factor is passed', default: { kind: 'jira', values: {} } }),
  settings: anything<JsonObject>({
    about: "the administrator's settings, as a scenario would write them",
    default: {},
  }),
  accounts: map(object(accountFields, { about: 'an account' }), { about: 'the accounts, by role', default: {} }),
  states: object(stateFields, { about: 'how provider states are reached', default: {} }),
  clock: object(clockFields, { about: 'how the clock is moved', default: {} }),
  headers: map(text({ about: 'its value', secret: true }), { about: 'headers of every request', default: {} }),
  tls: object(tlsFields, { about: 'TLS', default: { insecure: false } }),
  timeout: integer({ about: 'milliseconds to wait for an answer', default: 10_000, min: 1 }),
}

/** How target files are written. */
export const targetField: Field<Target> = object(fields, { about: 'a server to check' })

/** A target that was read: with its API, its settings in milliseconds, and the secrets that no report may show. */
export interface LoadedTarget {
  readonly path: string
  readonly target: Target
  readonly api: CheckedApi
  /** Settings as the API's fields read them, defaults filled in. */
  readonly settings: JsonObject
  readonly secrets: readonly string[]
}

/** Loads a target file. `${NAME}` stands for a variable of the environment. Throws ERR_TARGET_INVALID with places. */
export async function loadTarget(
  path: string,
  cwd: string,
  env: { readonly [name: string]: string | undefined },
  apis: readonly AnyApi[],
): Promise<LoadedTarget> {
  const full = resolve(cwd, path)
  const content = await readFile(full, 'utf8').catch(() => undefined)
  if (content === undefined)
    throw new UnderstudyError(
      'ERR_USAGE',
      `There is no target file ${path}. \`understudy init target ${path}\` writes one.`,
    )
  const source = parseSource(content, path)
  const secrets: string[] = []
  const issues: Issue[] = []
  const data = substitute(source.data, [], env, secrets, issues)
  const checked = check(targetField, data)
  issues.push(...checked.issues)
  const api = apis.find(({ id }) => id === checked.value?.api)
  if (checked.value !== undefined) issues.push(...crossIssues(checked.value, api, apis))
  const settings = readSettings(checked.value, api, issues)
  if (checked.value === undefined || api?.kit === undefined || issues.length > 0) throw invalid(path, issues, source)
  for (const account of Object.values(checked.value.accounts)) {
    const { username, password, pin, totp } = account
    secrets.push(
      ...[password, pin, totp?.secret].filter(
        (secret): secret is string => secret !== undefined && secret !== username,
      ),
    )
  }
  return {
    path,
    target: { ...checked.value, tls: withCa(checked.value, full), states: withModule(checked.value, full) },
    api: api as CheckedApi,
    settings,
    secrets: secrets.filter((secret) => secret.length > 2),
  }
}

function withCa({ tls }: Target, path: string): Target['tls'] {
  return tls.ca === undefined ? tls : { ...tls, ca: resolve(dirname(path), tls.ca) }
}

function withModule({ states }: Target, path: string): Target['states'] {
  return states.module === undefined ? states : { ...states, module: resolve(dirname(path), states.module) }
}

function substitute(
  data: unknown,
  path: Issue['path'],
  env: { readonly [name: string]: string | undefined },
  secrets: string[],
  issues: Issue[],
): unknown {
  if (Array.isArray(data)) return data.map((item, index) => substitute(item, [...path, index], env, secrets, issues))
  if (isJsonObject(data)) {
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, substitute(value, [...path, name], env, secrets, issues)]),
    )
  }
  if (typeof data !== 'string') return data
  return data.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = env[name]
    if (value === undefined) {
      const nearest = nearestWord(name, Object.keys(env))
      const message = `The environment has no ${name}.`
      issues.push({ path, message, ...(nearest === undefined ? {} : { nearest }) })
      return ''
    }
    secrets.push(value)
    return value
  })
}

function crossIssues(target: Target, api: AnyApi | undefined, apis: readonly AnyApi[]): Issue[] {
  if (api?.kit === undefined) {
    const ids = apis.filter(({ kit }) => kit !== undefined).map(({ id }) => id)
    const nearest = nearestWord(target.api, ids)
    const message = `"${target.api}" is not an API that can be checked; there are ${ids.join(', ')}.`
    return [{ path: ['api'], message, ...(nearest === undefined ? {} : { nearest }) }]
  }
  const roles = Object.keys(api.kit.roles)
  return Object.keys(target.accounts)
    .filter((role) => !roles.includes(role))
    .map((role) => {
      const nearest = nearestWord(role, roles)
      const message = `"${role}" is not a role of ${api.title}; there are ${roles.join(', ')}.`
      return { path: ['accounts', role], message, onKey: true, ...(nearest === undefined ? {} : { nearest }) }
    })
}

function readSettings(target: Target | undefined, api: AnyApi | undefined, issues: Issue[]): JsonObject {
  if (target === undefined || api === undefined) return {}
  const checked = check(object(api.settings as Fields<JsonObject>, { about: 'settings' }), target.settings, [
    'settings',
  ])
  issues.push(...checked.issues)
  return checked.value ?? {}
}

function invalid(path: string, issues: readonly Issue[], source: Source): UnderstudyError {
  const placed = issues.map((issue) => ({ ...issue, place: source.locate(issue).place }))
  const lines = placed.map(
    ({ place, path: where, message, nearest }) =>
      `  ${place.file}:${place.line}:${place.column}: ${where.join('.')}: ${message}${didYouMean(nearest)}`,
  )
  return new UnderstudyError('ERR_TARGET_INVALID', `The target ${path} cannot be used.\n${lines.join('\n')}`, placed)
}
