import { anything, choice, duration, flag, integer, list, map, moment, object, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import type { JsonObject } from '../../core/json.ts'
import { totpSecret } from '../../core/totp-secret.ts'
import { stateMapField } from './consumer-state.ts'

const accountFields = {
  username: text({ about: 'who' }),
  password: text({ about: "the first factor's password; the username if blank", secret: true, optional: true }),
  pin: text({ about: 'a fixed PIN or code', secret: true, optional: true }),
  totp: object(
    { secret: totpSecret({ about: 'the secret, in Base32 or as otpauth:// address' }) },
    { about: "an authenticator app's secret", optional: true },
  ),
  code: text({ about: 'a command that prints the code of the user in UNDERSTUDY_USERNAME', optional: true }),
  mayBeLocked: flag({ about: 'whether wrong codes may lock the account', default: false }),
  facts: anything<JsonObject>({ about: 'what else a scenario says of the user; some roles need some', default: {} }),
}

const sessionFields = {
  kind: choice(['jira', 'basic', 'cookie', 'header', 'command'], {
    about: "jira: by the host's session resource; basic: by Basic credentials; the others by what is given here",
    meanings: {
      jira: "by the host's session resource",
      basic: 'by Basic credentials with every request',
      cookie: 'by the cookie in value or values',
      header: 'by the header in value or values',
      command: 'by what command prints',
    },
    default: 'jira',
  }),
  value: text({ about: 'for cookie and header: `NAME=value`, `name: value`', secret: true, optional: true }),
  values: map(text({ about: 'the cookie or header', secret: true }), { about: 'the same, by username', default: {} }),
  command: text({ about: 'for command: prints `NAME=value` for the user in UNDERSTUDY_USERNAME', optional: true }),
}

const hostFields = {
  product: choice(['jira', 'confluence', 'none'], {
    about: 'what is known of its own resources; none: nothing, so that none of them is asked for',
    meanings: {
      jira: 'its session resource, serverInfo and myself',
      confluence: 'nothing that is asked for',
      none: 'nothing',
    },
    default: 'jira',
  }),
}

const stateFields = {
  url: text({ about: 'arranges provider states: POST { state, action, params }', optional: true }),
  command: text({ about: 'does the same, with the JSON on its stdin', optional: true }),
  module: text({ about: 'does the same: its default export is called with it', optional: true }),
  map: stateMapField,
}

const clockFields = {
  url: text({ about: 'moves the clock on: POST { by } in milliseconds', optional: true }),
}

const tlsFields = {
  ca: text({ about: 'a file with the certificate to trust', optional: true }),
  cert: text({ about: 'a file with the certificate that the server wants of its clients (PEM)', optional: true }),
  key: text({ about: 'a file with the key of that certificate (PEM)', optional: true }),
  passphrase: text({ about: 'opens the key, where it is encrypted', secret: true, optional: true }),
  insecure: flag({ about: 'trusts any certificate', default: false }),
}

const acceptFields = {
  clause: text({ about: 'the clause that does not hold, such as SL-U1', optional: true }),
  check: text({
    about: 'the id of a check, or a glob such as secure-login.pact.*; any check if blank',
    optional: true,
  }),
  member: text({
    about: 'where in the answer, such as status, header set-cookie or user.email; anywhere if blank',
    optional: true,
  }),
  reason: text({ about: 'why it is accepted; reports tell it' }),
  until: moment({ about: 'an instant after which it is not accepted any more', optional: true }),
}

const fields = {
  $schema: text({ about: 'where the JSON Schema of targets is, for editors', optional: true }),
  api: text({ about: 'which API' }),
  baseUrl: text({
    about: 'up to and with the context path, such as https://jira.example/jira',
    pattern: /^https?:\/\/\S+$/,
    shape: 'a URL',
  }),
  session: object(sessionFields, { about: 'how the first factor is passed', default: { kind: 'jira', values: {} } }),
  host: object(hostFields, { about: 'the host product, for an API that runs in one', optional: true }),
  settings: anything<JsonObject>({
    about: "the administrator's settings, as a scenario writes them",
    default: {},
  }),
  accounts: map(object(accountFields, { about: 'an account' }), { about: 'the accounts, by role', default: {} }),
  further: list(map(object(accountFields, { about: 'an account' }), { about: 'accounts, by role' }), {
    about: 'more sets of such accounts: with explore --jobs each plays sequences beside the others',
    default: [],
  }),
  states: object(stateFields, { about: 'how provider states are reached', default: { map: {} } }),
  clock: object(clockFields, { about: 'how the clock is moved', default: {} }),
  headers: map(text({ about: 'its value', secret: true }), { about: 'headers of every request', default: {} }),
  tls: object(tlsFields, { about: 'TLS', default: { insecure: false } }),
  proxy: text({
    about: 'the URL of the proxy to go through, or `none`; if left out, what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say',
    optional: true,
  }),
  timeout: duration({ about: 'how long to wait for an answer, and for a command', default: 10_000, min: 1 }),
  journeys: list(text({ about: 'a folder, a file or a glob, from where this file is' }), {
    about: "journeys of one's own, which `verify` plays too",
    default: [],
  }),
  accept: list(object(acceptFields, { about: 'a deviation' }), {
    about: 'deviations that are known and accepted: told as such, and no reason to fail',
    default: [],
  }),
  pace: duration({ about: 'the least time from one request to the next', default: 0, min: 0 }),
  retries: integer({
    about: 'how often a request is sent again that got no answer, where that does no harm',
    default: 2,
    min: 0,
    max: 10,
  }),
}

/** A real server, and what may be done to it. */
export type Target = Infer<typeof fields>

/** An account as a target file writes it. */
export type TargetAccount = Infer<typeof accountFields>

/** Every account of a target with its role, those of its further sets as well. */
export function everyAccount({ accounts, further }: Pick<Target, 'accounts' | 'further'>): [string, TargetAccount][] {
  return [accounts, ...further].flatMap((set) => Object.entries(set))
}

/** Whom to trust, and who we are; files by name. */
export type TargetTls = Target['tls']

/** A deviation that a team has decided to live with, as a target file writes it. */
export type Acceptance = Target['accept'][number]

/** How target files are written. */
export const targetField = object(fields, { about: 'a server to check' })
