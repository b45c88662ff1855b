import type { AnyApi } from '../../core/api.ts'
import { headerValues } from '../../core/http.ts'
import { parseDuration } from '../../core/duration.ts'
import { wayOf } from '../../core/fault.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import { toIso } from '../../core/instant.ts'
import { secretNames, type SecrecyOf } from '../../core/secret-name.ts'
import type { RepeatableCall } from '../../world/call.ts'
import type { Entry } from '../../world/entry.ts'
import type { Note } from '../../world/journal.ts'
import { viewRequest } from '../../world/views.ts'
import type { World } from '../../world/world.ts'
import type { Chapter } from '../../world/world-story.ts'
import type { Setup } from '../../world/setup.ts'
import { toPlayable } from '../../scenario/snapshot-file.ts'
import { tooLong } from '../note-call.ts'
import { Disguise } from './disguise.ts'
import { KnownSecrets } from './known-secrets.ts'
import { refer, type AskStep, type WorldScript, type ScriptStep, type Value } from './script.ts'
import { tellRequest, type Keep } from './told-request.ts'

/** Loads a shipped scenario by its name. */
type Load = (scenario: string) => Promise<Setup>

/** What was forced and asked in a world since it began, by `POST /reset`, a scenario, or a snapshot that was restored. */
export async function readScript(world: World, load: Load): Promise<WorldScript> {
  const chapters = withoutUndone([...world.story.chapters()])
  const start = chapters.findLastIndex((chapter) => callOf(chapter)?.restarts === true)
  const begun = chapters[start]
  const taken = start < 0 ? world.story.cleared : undefined
  const scenario = taken ?? callOf(begun)?.body['snapshot'] ?? (await playedBy(world, load))
  const { at, skewMs } = taken?.clock ?? { at: world.startedAt, skewMs: 0 }
  const writer = new ScriptWriter(world, begun?.kind === 'changed' ? begun.note.at : at + skewMs)
  for (const chapter of chapters.slice(start + 1)) await writer.add(chapter)
  return {
    world: world.name,
    scenarioName: world.scenario.name,
    scenario: scenario as unknown as string | JsonObject,
    steps: writer.steps,
    remarks: remarksOf(world, start < 0 ? world.story.forgotten : 0, begun),
    values: writer.values,
  }
}

/** Without what was taken back before anybody met it, and that it was. */
function withoutUndone(chapters: readonly Chapter[]): readonly Chapter[] {
  const left: Chapter[] = []
  for (const chapter of chapters) {
    const call = callOf(chapter)
    const undone = call?.route === 'POST /undo' ? left.findLastIndex((each) => isUndone(each, call)) : -1
    const isMet = undone >= 0 && !isBeginning(left[undone]) && left.slice(undone).some(({ kind }) => kind === 'asked')
    if (undone < 0 || isMet) left.push(chapter)
    else left.splice(undone, 1)
  }
  return left
}

/** What was there before a world began anew is back as it was. */
function isBeginning(chapter: Chapter | undefined): boolean {
  return callOf(chapter)?.restarts === true
}

function isUndone(chapter: Chapter, undo: RepeatableCall): boolean {
  if (chapter.kind !== 'changed' || !chapter.note.call) return false
  const { what, at } = chapter.note
  return undo.body['what'] === what && undo.body['at'] === toIso(at)
}

function callOf(chapter: Chapter | undefined): RepeatableCall | undefined {
  return chapter?.kind === 'changed' ? (chapter.note.call ?? undefined) : undefined
}

async function playedBy({ scenario }: World, load: Load): Promise<string | JsonObject> {
  const shipped = scenario.start === undefined ? await load(scenario.name).catch(() => undefined) : undefined
  return shipped !== undefined && sameJson(shipped.source, scenario.source) ? scenario.name : toPlayable(scenario)
}

function remarksOf(world: World, forgotten: number, begun: Chapter | undefined): string[] {
  const remarks: string[] = []
  if (forgotten > 0)
    remarks.push(`${forgotten} earlier requests are not kept any more, so this begins in the middle of what was done.`)
  if (callOf(begun)?.route === 'POST /snapshots/{name}/restore' && callOf(begun)?.body['snapshot'] === undefined)
    remarks.push('It began with a snapshot that was not kept, so this begins with the scenario.')
  return remarks
}

/** Writes steps down as they happened. */
class ScriptWriter {
  readonly steps: ScriptStep[] = []
  readonly values: Value[] = []
  readonly #world: World
  readonly #apis: readonly AnyApi[]
  readonly #secrecyOf: SecrecyOf
  readonly #known: KnownSecrets
  readonly #disguise: Disguise
  /** What answers told, and where. */
  readonly #kept = new Map<string, Value>()
  /** The server's time that whoever plays the steps has come to. */
  #at: number

  constructor(world: World, at: number) {
    this.#world = world
    this.#at = at
    this.#apis = world.worlds.apis
    this.#secrecyOf = secretNames(this.#apis.flatMap(({ secrets }) => secrets.members))
    this.#known = new KnownSecrets(this.#apis, world.scenario)
    this.#disguise = new Disguise(`script:${world.scenario.name}`)
  }

  async add(chapter: Chapter): Promise<void> {
    if (chapter.kind === 'asked') await this.#ask(chapter.entry)
    else this.#change(chapter.note)
  }

  #change({ at, what, about, call }: Note): void {
    // It is a part of what was noted before it.
    if (call === null) return
    if (call === undefined) return this.#remark(`not by a call, so not in here unless a schedule brings it: ${what}`)
    if (sameJson(call.body, tooLong)) return this.#remark(`too long to be kept: ${what}`)
    if (call.route === 'POST /undo')
      return this.#remark(`${what}, which is not in here: answers may differ from here on`)
    const by = call.body['by']
    if (call.route === 'POST /clock/advance') {
      const ms = typeof by === 'number' ? by : (parseDuration(String(by)) ?? 0)
      this.#passUntil(at - ms)
      this.#at += ms
    } else if (
      call.route === 'POST /clock/next' ||
      call.route === 'POST /clock/set' ||
      call.route === 'POST /clock/skew'
    )
      this.#at = at
    else this.#passUntil(at)
    if (/^POST \/clock\/(?:freeze|resume|scale)$/.test(call.route))
      return this.#remark(`${what}; here it stands, and is moved by what passed`)
    this.#known.force(call.body)
    this.steps.push({ do: 'force', id: `f${this.steps.length + 1}`, ...withApi(call, about), what })
  }

  async #ask(entry: Entry): Promise<void> {
    const { id, reply, fault, api } = entry
    const { because, method, path } = viewRequest(entry, this.#apis)
    this.#passUntil(entry.at)
    if (api === undefined) return this.#remark(`of no API, so not in here: ${method} ${path}`)
    if (!/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method))
      return this.#remark(`no client sends it: ${method} ${path}`)
    this.#known.meet(entry)
    const codes = await this.#codesFor(entry)
    const keep: Keep = (secret, name, mayStay) => this.#keep(secret, name, codes, mayStay)
    const told = tellRequest(entry, { apis: this.#apis, secrecyOf: this.#secrecyOf, keep })
    const isBroken = fault !== undefined && wayOf(fault).broken !== undefined
    const answer = isBroken ? undefined : { status: reply.status, clause: reply.clause }
    this.steps.push({ do: 'ask', id, ...told, answer, what: because } satisfies AskStep)
    if (!isBroken) this.#remember(entry)
  }

  #keep(secret: string, name: string, codes: Codes, mayStay = false): string {
    const told = this.#kept.get(secret)
    // What is short may be something else that happens to be the same.
    if (told !== undefined && (secret.length >= shortest || isNamed(told, name))) return this.#refer(told)
    if (codes.all.includes(secret)) return this.#refer(codes.value)
    return mayStay || this.#known.has(secret) ? secret : this.#disguise.of(secret, (made) => this.#known.has(made))
  }

  #refer(value: Value): string {
    const known = this.values.findIndex((each) => sameJson(each, value))
    return refer(known >= 0 ? known : this.values.push(value) - 1)
  }

  /** The codes that the app of the request's user showed. */
  async #codesFor({ api = '', user = '', at }: Entry): Promise<Codes> {
    const value = { kind: 'code', api, username: user } as const
    const secret = user === '' ? undefined : totpSecret(this.#world, api, user)
    return { value, all: secret === undefined ? [] : await this.#world.story.codesAt(secret, at) }
  }

  /** What of an answer later requests may send back. */
  #remember({ id, reply }: Entry): void {
    const data = typeof reply.body === 'string' && /^\s*[[{]/.test(reply.body) ? tryJson(reply.body) : undefined
    for (const [path, text] of leavesOf(data, []))
      if (path.some((name) => this.#secrecyOf(name) !== 'open')) this.#kept.set(text, { kind: 'member', of: id, path })
    for (const line of headerValues(reply.headers, 'set-cookie')) {
      const [, name, text = ''] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && text !== '') this.#kept.set(text, { kind: 'cookie', of: id, name })
    }
  }

  #passUntil(at: number): void {
    const seconds = Math.floor((at - this.#at) / 1000)
    if (seconds > 0) this.steps.push({ do: 'wait', ms: seconds * 1000 })
    this.#at = seconds < 0 ? at : this.#at + seconds * 1000
  }

  #remark(text: string): void {
    this.steps.push({ do: 'remark', text })
  }
}

/** Letters of what is the same by no accident. */
const shortest = 12

function isNamed(value: Value, name: string): boolean {
  const own = value.kind === 'cookie' ? value.name : value.kind === 'member' ? value.path.at(-1) : undefined
  return own?.toLowerCase() === name.toLowerCase()
}

interface Codes {
  readonly value: Value
  readonly all: readonly string[]
}

/** Which API it was is only known afterwards, where a user was named without. */
function withApi(
  call: RepeatableCall,
  about: string | undefined,
): Pick<RepeatableCall, 'route' | 'params' | 'query' | 'body'> {
  const { route, params, query, body } = call
  const api = about?.split('/', 1)[0]
  if (route !== 'PUT /users/{username}' || api === undefined) return { route, params, query, body }
  return { route: 'PUT /users/{api}/{username}', params: { api, ...params }, query, body }
}

function totpSecret(world: World, api: string, username: string): string | undefined {
  try {
    const { totp } = world.api(api).user(username).view().details as { readonly totp?: { readonly secret?: string } }
    return totp?.secret
  } catch {
    // Asked by somebody whom nobody knows.
    return undefined
  }
}

function* leavesOf(data: Json | undefined, path: readonly string[]): Iterable<readonly [readonly string[], string]> {
  if (Array.isArray(data)) for (const [index, item] of data.entries()) yield* leavesOf(item, [...path, String(index)])
  else if (isJsonObject(data)) for (const [name, item] of Object.entries(data)) yield* leavesOf(item, [...path, name])
  else if (typeof data === 'string' || typeof data === 'number') yield [path, String(data)]
}

function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // A fault may have spoilt it.
    return undefined
  }
}
