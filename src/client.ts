import { GenticsClient, type GenticsClientOptions } from './apis/gentics-cms/client.ts'
import { SecureLoginClient, type SecureLoginClientOptions } from './apis/secure-login/client.ts'
import { SirportlyClient, type SirportlyClientOptions } from './apis/sirportly/client.ts'

/** A client of a Secure Login server, in an HTTP session of its own. */
export function createSecureLoginClient(options: SecureLoginClientOptions): SecureLoginClient {
  // Looked up at each call: MSW and fake timers replace them after clients were made.
  return new SecureLoginClient({ fetch: (url, init) => globalThis.fetch(url, init), now: () => Date.now(), ...options })
}

/** A client of a Gentics CMS, in a session of its own. */
export function createGenticsClient(options: GenticsClientOptions): GenticsClient {
  return new GenticsClient({ fetch: (url, init) => globalThis.fetch(url, init), now: () => Date.now(), ...options })
}

/** A client of a Sirportly server, for one application. */
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
