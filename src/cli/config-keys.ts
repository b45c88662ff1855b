// Generated from the options of all commands by npm run generate.

/** What `understudy.config.ts` may hold: the long options of the commands, `apis` and `scenario`. */
export interface UnderstudyConfig {
  /** what the control API asks for; made up beyond loopback if left out (`serve`) */
  readonly adminToken?: string | number
  /** counts what is assumed, and the products around the contracts, as well (`coverage`) */
  readonly all?: boolean
  /** does not fail where interactions could not be played (`pact verify`) */
  readonly allowNotPlayed?: boolean
  /** waits in real time, such as for a block to end, where the server's clock cannot be moved (`verify`) */
  readonly allowWait?: boolean
  /** a name beside localhost for the control API; repeatable (`serve`) */
  readonly allowedHost?: string | readonly string[]
  /** plays this API only: an id such as secure-login, or a file that exports yours; repeatable (`serve`) */
  readonly apis?: string | readonly string[]
  /** a shell script, a test, or the world as it is now as a scenario (`script`) */
  readonly as?: 'scenario' | 'cli' | 'vitest' | 'playwright'
  /** compares the pacts alone, without asking the mock (`pact compare`) */
  readonly asWritten?: boolean
  /** what an earlier run found, as --json or --report json wrote it: what it has too is told, and fails nothing (`verify`) */
  readonly baseline?: string | number
  /** with this body; goes with --status (`fault add`) */
  readonly body?: string | number
  /** reset, truncate or malformed (`fault add`) */
  readonly break?: string | number
  /** where the run can be looked at, for those who read the results (`pact verify`) */
  readonly buildUrl?: string | number
  /** those of one clause, such as SL-12 (`mutant list`) */
  readonly clause?: string | number
  /** passwords and codes of the users who sent these stay, for steps that need them (`share`) */
  readonly codes?: boolean
  /** who asked, such as mobile-app (`pact write`) */
  readonly consumer?: string | number
  /** says that the body is of this type (`fault add`) */
  readonly contentType?: string | number
  /** where the host product runs, such as /jira; empty for the root (`serve`) */
  readonly contextPath?: string | number
  /** lets pages of an origin call the mocked APIs, with cookies; repeatable (`serve`) */
  readonly cors?: string | readonly string[]
  /** waits so long before the answer, in real time (`fault add`) */
  readonly delay?: string | number
  /** leaves every Set-Cookie out (`fault add`) */
  readonly dropCookie?: boolean
  /** answers this error in the API's own form (`fault add`) */
  readonly error?: string | number
  /** what the error says to people (`fault add`) */
  readonly errorMessage?: string | number
  /** which member of the request the error is about (`fault add`) */
  readonly errorProperty?: string | number
  /** when the error was, in milliseconds since 1970 (`fault add`) */
  readonly errorTimestamp?: string | number
  /** all but these checks, named in the same way; repeatable (`verify`) */
  readonly except?: string | readonly string[]
  /** ends with 1 where it was not asked so often; repeatable (`requests`) */
  readonly expect?: string | readonly string[]
  /** what it starts from (`scenario new`) */
  readonly extends?: string | number
  /** ends the run at the first check that fails (`verify`) */
  readonly failFast?: boolean
  /** drift: ends with 1 where a clause that binds was broken (`shadow`) */
  readonly failOn?: 'drift'
  /** wrong codes counted so far (`user set`) */
  readonly failures?: string | number
  /** passes what no API takes on to this server, such as http://localhost:8080 (`serve`) */
  readonly fallback?: string | number
  /** writes it to this file as well (`snapshot save`) */
  readonly file?: string
  /** goes on with requests as they come, until interrupted (`requests`) */
  readonly follow?: boolean
  /** how long, such as 30m (`user set`) */
  readonly for?: string | number
  /** overwrites a file (`scenario new`) */
  readonly force?: boolean
  /** forgets the wrong codes an account was sent: somebody has cleared its count (`verify`) */
  readonly forget?: string | number
  /** asks the MSW handlers that this module exports before the APIs (`serve`) */
  readonly handlers?: string
  /** prints HAR 1.2, with headers and bodies, which the tools of browsers open (`requests`) */
  readonly har?: boolean
  /** gives the answer a header, such as 'Retry-After: 120'; repeatable (`fault add`) */
  readonly header?: string | readonly string[]
  /** the address to listen on (`serve`) */
  readonly host?: string | number
  /** what you do not depend on: clauses, states, statuses, or operations with theirs (`coverage`) */
  readonly ignore?: string | readonly string[]
  /** how many targets are checked at once (`verify`) */
  readonly jobs?: string | number
  /** plays journeys of one's own too: a folder, a file or a glob; repeatable; the target's `journeys:` names some as well (`verify`) */
  readonly journeys?: string | readonly string[]
  /** prints where everything is as JSON (`serve`) */
  readonly json?: boolean
  /** leaves out what could lock an account, instead of refusing to start (`verify`) */
  readonly leaveOutUnsafe?: boolean
  /** where it is remembered which wrong codes accounts were sent (default: .understudy/attempts.jsonl) (`verify`) */
  readonly ledger?: string
  /** at most so many of each API (`user list`) */
  readonly limit?: string | number
  /** prints a link to the server's console instead (`share`) */
  readonly link?: boolean
  /** what becomes of what the client did against the rules of an API; error ends with 1 (`run`) */
  readonly lint?: 'off' | 'warn' | 'error'
  /** tells what can be taken back instead, the latest last (`undo`) */
  readonly list?: boolean
  /** only with each of these words in the username, a name or an address (`user list`) */
  readonly match?: string | number
  /** with --allow-wait: the longest single wait (`verify`) */
  readonly maxWait?: string | number
  /** ends with 1 where less was met (`coverage`) */
  readonly min?: string | number
  /** on the mock instead of the target (`replay`) */
  readonly mock?: boolean
  /** gets a clause wrong, to see whether tests notice; several times for several (`serve`) */
  readonly mutant?: string | readonly string[]
  /** makes that world, if nobody has it (`scenario diff`) */
  readonly newWorld?: boolean
  /** what is wrong; kept as the description (`share`) */
  readonly note?: string | number
  /** only the n-th matching request (`fault add`) */
  readonly nth?: string | number
  /** leaves this member out of the JSON body (`fault add`) */
  readonly omit?: string | number
  /** only these checks: a clause, a glob such as "*.pact.*", or a part of an id; repeatable (`verify`) */
  readonly only?: string | readonly string[]
  /** of arazzo: where the OpenAPI of the API is (default: <api>.openapi.json) (`journey export`) */
  readonly openapi?: string | number
  /** only for this operation: secure-login.auth, or secure-login.* (`requests`) */
  readonly operation?: string | number
  /** writes it to this file instead (`script`) */
  readonly out?: string
  /** only that were accepted, or refused (`requests`) */
  readonly outcome?: 'accepted' | 'refused'
  /** replaces pacts of that name that were written otherwise (`pact write`) */
  readonly overwrite?: boolean
  /** a link that lets one person in without the admin token, once and within an hour (`share`) */
  readonly pass?: boolean
  /** another password (`user set`) */
  readonly password?: string | number
  /** another fixed PIN (`user set`) */
  readonly pin?: string | number
  /** prints every request and what it does to the accounts, and sends nothing (`verify`) */
  readonly plan?: boolean
  /** the port; 0 for any free one (`serve`) */
  readonly port?: string | number
  /** only shows who would come, or what is wrong (`user import`) */
  readonly preview?: boolean
  /** how often, from 0 to 1 (`fault add`) */
  readonly probability?: string | number
  /** the server does its work before the fault strikes (`fault add`) */
  readonly processed?: boolean
  /** what the server is called in pacts and at the broker; the API's id if left out (`pact verify`) */
  readonly provider?: string | number
  /** the branch of the server: by it the broker knows which pacts are pending (`pact verify`) */
  readonly providerBranch?: string | number
  /** the version of the server that is published, such as a commit (`pact verify`) */
  readonly providerVersion?: string | number
  /** tells the broker what became of its pacts; in CI, and where everything was played (`pact verify`) */
  readonly publish?: boolean
  /** also sends codes, logins and logouts at once, and tells what is lost; see --rounds (`verify`) */
  readonly race?: boolean
  /** writes reports: junit,json,html,markdown,ctrf,sarif,github (`verify`) */
  readonly report?: string | number
  /** where they are written; each of several targets gets a folder of its own in it (`verify`) */
  readonly reportDir?: string
  /** so many of the latest requests go along, masked (`share`) */
  readonly requests?: string | number
  /** fails where less was checked: documented, a clause, or a share of the documented clauses such as 90%; repeatable (`verify`) */
  readonly require?: string | readonly string[]
  /** goes on where Ctrl-C or --time ended the latest run of the target (`verify`) */
  readonly resume?: boolean
  /** how often each race is run: what depends on time does not show each time (`verify`) */
  readonly rounds?: string | number
  /** a shipped name or a file (`serve`) */
  readonly scenario?: string
  /** overrides the scenario's seed (`serve`) */
  readonly seed?: string | number
  /** of a broker's pacts: mainBranch, deployedOrReleased, branch=…, environment=…, consumer=…, joined by commas; repeatable (default: mainBranch and deployedOrReleased) (`pact verify`) */
  readonly selector?: string | number
  /** how many sequences (`explore`) */
  readonly sequences?: string | number
  /** only those after a request (r17), from an instant on (ISO-8601), or so long ago at most (5m) (`requests`) */
  readonly since?: string | number
  /** keeps the state in a file, and goes on from it when started again (`serve`) */
  readonly state?: string
  /** answers this status instead (`fault add`) */
  readonly status?: string | number
  /** shares the state with other servers, in Redis or Valkey: redis://host:6379 (`serve`) */
  readonly store?: string | number
  /** fails on all that differs: on what is assumed, and on the host around the API, too (`verify`) */
  readonly strict?: boolean
  /** fails on what differs of this origin: assumed, host, observed; repeatable (`verify`) */
  readonly strictOn?: string | readonly string[]
  /** a target file, for the server's settings; nobody is asked (`shadow`) */
  readonly target?: string
  /** ends the run after so long; --resume goes on (`verify`) */
  readonly time?: string | number
  /** at most so many times (`fault add`) */
  readonly times?: string | number
  /** HTTPS, with a certificate made for this run (`serve`) */
  readonly tls?: boolean
  /** HTTPS, with this certificate (PEM) (`serve`) */
  readonly tlsCert?: string
  /** the key of that certificate (PEM) (`serve`) */
  readonly tlsKey?: string
  /** where the traces are (`coverage`) */
  readonly trace?: string
  /** until when, such as 2026-01-15T09:30:00Z or +30m (`user set`) */
  readonly until?: string | number
  /** only requests of this user (`fault add`) */
  readonly user?: string | number
  /** prints every request (`serve`) */
  readonly verbose?: boolean
  /** takes over edits of the scenario file, keeping the running state where it can (`serve`) */
  readonly watch?: boolean
  /** only that met their user in this state (`requests`) */
  readonly while?: string | number
  /** takes pacts that nobody has asked for since that day, too, as pending (`pact verify`) */
  readonly wipSince?: string | number
  /** writes passwords and codes as they were sent; others stand for them if left out (`record`) */
  readonly withSecrets?: boolean
  /** so many processes on one port, which share a --store (`serve`) */
  readonly workers?: string | number
  /** the world to look at or change; main if left out (`scenario diff`) */
  readonly world?: string | number
  /** how many worlds there may be beside main; the one unused for longest goes (1000) (`serve`) */
  readonly worlds?: string | number
  /** writes a scenario that makes the mock play that server (`diagnose`) */
  readonly write?: string
}

/** What a key takes; a path counts from where the config is. */
export type ConfigKind = 'flag' | 'text' | 'file' | 'id or file' | 'list' | 'files' | 'ids or files'

/** Every key, and what it takes. */
export const configKeys: { readonly [key: string]: ConfigKind } = {
  adminToken: 'text',
  all: 'flag',
  allowNotPlayed: 'flag',
  allowWait: 'flag',
  allowedHost: 'list',
  apis: 'ids or files',
  as: 'text',
  asWritten: 'flag',
  baseline: 'text',
  body: 'text',
  break: 'text',
  buildUrl: 'text',
  clause: 'text',
  codes: 'flag',
  consumer: 'text',
  contentType: 'text',
  contextPath: 'text',
  cors: 'list',
  delay: 'text',
  dropCookie: 'flag',
  error: 'text',
  errorMessage: 'text',
  errorProperty: 'text',
  errorTimestamp: 'text',
  except: 'list',
  expect: 'list',
  extends: 'text',
  failFast: 'flag',
  failOn: 'text',
  failures: 'text',
  fallback: 'text',
  file: 'file',
  follow: 'flag',
  for: 'text',
  force: 'flag',
  forget: 'text',
  handlers: 'file',
  har: 'flag',
  header: 'list',
  host: 'text',
  ignore: 'list',
  jobs: 'text',
  journeys: 'files',
  json: 'flag',
  leaveOutUnsafe: 'flag',
  ledger: 'file',
  limit: 'text',
  link: 'flag',
  lint: 'text',
  list: 'flag',
  match: 'text',
  maxWait: 'text',
  min: 'text',
  mock: 'flag',
  mutant: 'list',
  newWorld: 'flag',
  note: 'text',
  nth: 'text',
  omit: 'text',
  only: 'list',
  openapi: 'text',
  operation: 'text',
  out: 'file',
  outcome: 'text',
  overwrite: 'flag',
  pass: 'flag',
  password: 'text',
  pin: 'text',
  plan: 'flag',
  port: 'text',
  preview: 'flag',
  probability: 'text',
  processed: 'flag',
  provider: 'text',
  providerBranch: 'text',
  providerVersion: 'text',
  publish: 'flag',
  race: 'flag',
  report: 'text',
  reportDir: 'file',
  requests: 'text',
  require: 'list',
  resume: 'flag',
  rounds: 'text',
  scenario: 'id or file',
  seed: 'text',
  selector: 'text',
  sequences: 'text',
  since: 'text',
  state: 'file',
  status: 'text',
  store: 'text',
  strict: 'flag',
  strictOn: 'list',
  target: 'file',
  time: 'text',
  times: 'text',
  tls: 'flag',
  tlsCert: 'file',
  tlsKey: 'file',
  trace: 'file',
  until: 'text',
  user: 'text',
  verbose: 'flag',
  watch: 'flag',
  while: 'text',
  wipSince: 'text',
  withSecrets: 'flag',
  workers: 'text',
  world: 'text',
  worlds: 'text',
  write: 'file',
}
