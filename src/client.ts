import { GenticsClient, type GenticsClientOptions } from './apis/gentics-cms/client.ts'
import { SecureLoginClient, type SecureLoginClientOptions } from './apis/secure-login/client.ts'
import { SirportlyClient, type SirportlyClientOptions } from './apis/sirportly/client.ts'

/**
 * A client of a Secure Login server, in an HTTP session of its own.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createSecureLoginClient } from 'auth-understudy/client'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const fetch = createFetch(await createWorld()) // left out for a real server
 * const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch })
 * await client.login('alice', 'alice')
 * console.log((await client.user()).state) // enter
 * console.log(await client.auth('910817')) // authenticated
 * ```
 * @since 0.1.0
 */
export function createSecureLoginClient(options: SecureLoginClientOptions): SecureLoginClient {
  // Looked up at each call: MSW and fake timers replace them after clients were made.
  return new SecureLoginClient({ fetch: (url, init) => globalThis.fetch(url, init), now: () => Date.now(), ...options })
}

/**
 * A client of a Gentics CMS, in a session of its own.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createGenticsClient } from 'auth-understudy/client'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const fetch = createFetch(await createWorld())
 * const client = createGenticsClient({ baseUrl: 'https://cms.example', fetch })
 * const answer = await client.login('node', 'node')
 * console.log('user' in answer) // true
 * ```
 * @since 0.1.0
 */
export function createGenticsClient(options: GenticsClientOptions): GenticsClient {
  return new GenticsClient({ fetch: (url, init) => globalThis.fetch(url, init), now: () => Date.now(), ...options })
}

/**
 * A client of a Sirportly server, for one application.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createSirportlyClient } from 'auth-understudy/client'
 * import { createFetch } from 'auth-understudy/fetch'
 *
 * const fetch = createFetch(await createWorld())
 * const client = createSirportlyClient({ baseUrl: 'https://help.example', application: 'my-app', fetch })
 * const answer = await client.authenticate({ username: 'adam', password: 's3cret', account: 'atech' })
 * console.log('user' in answer && answer.user.id) // 6
 * ```
 * @since 0.1.0
 */
export function createSirportlyClient(options: SirportlyClientOptions): SirportlyClient {
  return new SirportlyClient({ fetch: (url, init) => globalThis.fetch(url, init), ...options })
}

export { AnswerUnexpectedError, type Fetch } from './core/client-request.ts'
export type {
  NextStep,
  PinAnswer,
  SecureLoginClient,
  SecureLoginClientOptions,
  ServerInfo,
  UserState,
} from './apis/secure-login/client.ts'
export type {
  GenticsClient,
  GenticsClientOptions,
  GenticsGranted,
  GenticsMessage,
  GenticsRefusal,
  GenticsRsaCredentials,
  GenticsSsoAnswer,
} from './apis/gentics-cms/client.ts'
export type {
  SirportlyClient,
  SirportlyClientOptions,
  SirportlyCredentials,
  SirportlyRefusal,
  SirportlyUser,
  SirportlyUserAnswer,
  SirportlyUsersAnswer,
} from './apis/sirportly/client.ts'
export type { GenticsGroup, GenticsUser } from './apis/gentics-cms/client-user.ts'
