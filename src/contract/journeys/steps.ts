import { check } from '../../core/check.ts'
import { parseDuration } from '../../core/duration.ts'
import type { Issue } from '../../core/errors.ts'
import { object } from '../../core/field.ts'
import type { ArrangeStep, Journey, JourneyStep, SendStep, WaitStep } from '../../core/journey.ts'
import { nearestWord } from '../../core/nearest.ts'
import type { ParsedSource } from '../../scenario/source.ts'
import { actorOf } from './actor.ts'
import { toRequest } from './ask.ts'
import type { AskedApi } from './asked-operation.ts'
import { capturesOf, expectationOf, writtenPlaces } from './expected.ts'
import type { WrittenJourney, WrittenStep } from './journey-file.ts'
import { namedJson, type NoteIssue } from './naming.ts'

const forAsking = ['as', 'session', 'times', 'expect'] as const

/** The steps of one file, one after the other: later ones may name what earlier ones have captured. */
export class Steps {
  readonly #reading: AskedApi
  readonly #source: ParsedSource
  readonly #note: NoteIssue
  readonly #captured = new Set<string>()
  /** Roles whose right code was sent. */
  readonly #used = new Set<string>()
  /** The sessions that each role has, by number; it asks in the last of them. */
  readonly #sessions = new Map<string, readonly number[]>()
  readonly #steps: JourneyStep[] = []
  readonly #cast: { [actor: string]: string } = {}

  constructor(reading: AskedApi, source: ParsedSource, note: NoteIssue) {
    this.#reading = reading
    this.#source = source
    this.#note = note
  }

  read({ as, steps }: WrittenJourney): Pick<Journey, 'steps' | 'cast'> {
    const role = this.#role(as, ['as'])
    for (const [index, step] of steps.entries()) this.#step(step, ['steps', index], role)
    return { steps: this.#steps, cast: this.#cast }
  }

  #step(step: WrittenStep, at: Issue['path'], role: string | undefined): void {
    const { ask, wait, arrange, capture } = step
    const kinds = Object.entries({ ask, wait, arrange }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    if (kinds.length !== 1) {
      const has = kinds.length === 0 ? 'none of them' : kinds.join(' and ')
      return this.#note(at, `A step has ask, wait or arrange; this one has ${has}.`)
    }
    if (ask !== undefined) return this.#send(step, ask, at, role)
    for (const name of forAsking.filter((each) => step[each] !== undefined))
      this.#note([...at, name], `Only a step that asks has ${name}.`, { onKey: true })
    if (Object.keys(capture).length > 0)
      this.#note([...at, 'capture'], 'Only a step that asks has capture.', { onKey: true })
    if (wait !== undefined) this.#steps.push(this.#wait(wait, [...at, 'wait']))
    else if (arrange !== undefined) this.#steps.push(this.#arrange(arrange, [...at, 'arrange'], role))
  }

  #send(step: WrittenStep, ask: NonNullable<WrittenStep['ask']>, at: Issue['path'], whose: string | undefined): void {
    const role = this.#role(step.as, [...at, 'as']) ?? whose
    const session = this.#session(step, role, at)
    const naming = { names: this.#names(role), note: this.#note }
    const request = toRequest(ask, { ...naming, asked: this.#reading, role, path: [...at, 'ask'] })
    if (role !== undefined && request.body?.includes('{pin}') === true) this.#used.add(role)
    const expect = step.expect && expectationOf(step.expect, [...at, 'expect'], naming)
    const taken = this.#names(role).filter((name) => !this.#captured.has(name))
    const capture = capturesOf(step.capture, [...at, 'capture'], taken, this.#note)
    for (const name of Object.keys(capture)) this.#captured.add(name)
    this.#steps.push({
      do: 'send',
      ...(session === undefined ? {} : { in: session }),
      ...(role === undefined ? {} : { as: actorOf(role) }),
      ...request,
      ...(step.times === undefined ? {} : { times: this.#times(step.times, [...at, 'times']) }),
      ...(expect === undefined ? {} : { expect }),
      ...(Object.keys(capture).length === 0 ? {} : { capture }),
      number: Number(at.at(-1)) + 1,
      written: writtenPlaces(step, at, this.#source),
    })
  }

  /** The session that a step is sent in, opened where there is none yet; undefined for none. */
  #session({ session }: WrittenStep, role: string | undefined, at: Issue['path']): string | undefined {
    if (role === undefined) {
      if (session === 'new')
        this.#note([...at, 'session'], 'Nobody asks, so that no session is opened: say as: <role>.')
      return undefined
    }
    if (session === 'none') return undefined
    const had = this.#sessions.get(role) ?? []
    const number =
      session === 'new' ? Math.max(0, ...had) + 1 : session === undefined ? (had.at(-1) ?? 1) : Number(session)
    this.#sessions.set(role, [...had.filter((each) => each !== number), number])
    const actor = actorOf(role)
    const name = number === 1 ? actor : `${actor}${number}`
    if (!had.includes(number)) this.#steps.push({ do: 'open', session: name, as: actor })
    return name
  }

  #times(written: string, at: Issue['path']): NonNullable<SendStep['times']> {
    if (written !== 'limit' && written !== 'limit-1') return Number(written)
    const { api, settings } = this.#reading
    const { after } = api.kit.lockout ?? {}
    if (after === undefined) this.#note(at, `${api.title} locks nobody for wrong codes: write how often.`)
    else if (typeof settings[after] !== 'number')
      this.#note(at, `How many wrong codes lock is not known (settings: ${after}): write how often.`)
    return written
  }

  #wait(written: string, at: Issue['path']): WaitStep {
    const { api } = this.#reading
    const ms = parseDuration(written)
    if (ms !== undefined) return { do: 'wait', for: ms }
    const { for: setting } = api.kit.lockout ?? {}
    if (setting === undefined && !this.#captured.has('until'))
      this.#note(at, `No answer of ${api.title} tells until when: capture an instant as until, or write for how long.`)
    // Whoever is locked is so to the end of the second.
    return { do: 'wait', for: setting ?? 0, plus: 2000, told: true }
  }

  #arrange(
    { state, params }: NonNullable<WrittenStep['arrange']>,
    at: Issue['path'],
    role: string | undefined,
  ): ArrangeStep {
    const { api } = this.#reading
    const states = Object.keys(api.providerStates)
    const known = states.includes(state) ? api.providerStates[state] : undefined
    if (known === undefined) {
      const message = `"${state}" is not a provider state of ${api.title}; there are ${states.join(', ')}.`
      this.#note([...at, 'state'], message, { nearest: nearestWord(state, states) })
      return { do: 'arrange', state }
    }
    const { issues } = check(object(known.params, { about: 'params' }), params, [...at, 'params'])
    for (const issue of issues) this.#note(issue.path, issue.message, issue)
    const naming = { names: this.#names(role), note: this.#note }
    return {
      do: 'arrange',
      state,
      params: namedJson(params, [...at, 'params'], naming) as ArrangeStep['params'] & object,
    }
  }

  #role(role: string | undefined, at: Issue['path']): string | undefined {
    if (role === undefined) return undefined
    const { api } = this.#reading
    const roles = Object.keys(api.kit.roles)
    if (roles.includes(role)) {
      this.#cast[actorOf(role)] = role
      return role
    }
    const message = `"${role}" is not a role of ${api.title}; there are ${roles.join(', ')}.`
    this.#note(at, message, { nearest: nearestWord(role, roles) })
    return undefined
  }

  /** Values that a text may name. */
  #names(role: string | undefined): string[] {
    const { api, settings } = this.#reading
    const own =
      role === undefined
        ? []
        : ['username', 'password', 'pin', 'wrongPin', ...(this.#used.has(role) ? ['usedPin'] : [])]
    const cast = Object.keys(this.#cast).flatMap((actor) => [`${actor}Username`, `${actor}Password`])
    const facts = role === undefined ? [] : Object.keys(api.kit.roles[role]?.facts ?? {})
    return [...own, ...facts, ...cast, ...Object.keys(api.kit.values?.(settings) ?? {}), ...this.#captured]
  }
}
