import type { ApiError } from './api-error.ts'
import { formatDuration } from './duration.ts'
import type { AnyEffect, Effect, SendInstructions } from './effect.ts'
import { choice, duration, flag, integer, object, text, type Field } from './field.ts'
import { headersField, withHeaders, withoutHeaders, type Headers } from './header-field.ts'
import type { HttpReply } from './http.ts'
import { malformed, withoutMember } from './spoilt-body.ts'
import { secretNames } from './secret-name.ts'

/** What a fault does to the answers it strikes. */
export type FaultEffect = {
  /** Answers this instead. */
  readonly reply?: { readonly status: number; readonly body?: string; readonly contentType?: string }
  /** Answers an error in the words of the API, with the status of `reply` where there is one. */
  readonly error?: ApiError
  /** Waits so long before the answer, in milliseconds of real time. */
  readonly delay?: number
  /** Breaks the connection, the body's end, or its form. */
  readonly break?: 'reset' | 'truncate' | 'malformed'
  /** Leaves out a member of the JSON body, by dotted path. */
  readonly omit?: string
  /** Leaves out every `Set-Cookie`. */
  readonly dropCookie?: boolean
  /** Gives the answer these headers, instead of its own of the same names. */
  readonly headers?: Headers
  /** Says that the body is of another type. */
  readonly contentType?: string
}

const mediaType = { pattern: /^[\x20-\x7e]+$/, shape: 'a media type' }

const untouched = (reply: HttpReply): HttpReply => reply
const straight = (): SendInstructions => ({})
const never = (): boolean => false
const always = (): boolean => true

/**
 * Everything that a fault can do. In this order it is told, and done to an answer: what stands further up can be changed
 * further down.
 */
export const effects: { readonly [Name in keyof FaultEffect]-?: Effect<Exclude<FaultEffect[Name], undefined>> } = {
  reply: {
    field: object(
      {
        status: integer({ about: 'the status', min: 200, max: 599 }),
        body: text({ about: 'the body', optional: true }),
        contentType: text({ about: 'its type; text/plain if blank', optional: true, ...mediaType }),
      },
      { about: 'answers this instead', optional: true },
    ),
    example: 'reply: { status: 503 }',
    isIdle: never,
    replaces: true,
    precedesWork: always,
    answer: (_, { status, body, contentType }) => {
      const type = contentType ?? (body === undefined ? undefined : 'text/plain')
      return { status, headers: type === undefined ? [] : ['content-type', type], body }
    },
    way: straight,
    words: ({ status }) => `status ${status}`,
    options: [
      { flags: '--status <code>', about: 'answers this status instead', at: ['status'] },
      { flags: '--body <text>', about: 'with this body; goes with --status', at: ['body'] },
    ],
    offers: [{ words: 'answers with a status', label: 'status', usual: '503', at: ['status'] }],
  },
  error: {
    field: object(
      {
        code: text({ about: 'which error, by the word of the API', optional: true }),
        message: text({ about: 'what it says to people', optional: true }),
        property: text({ about: 'which member of the request it is about', optional: true }),
        timestamp: integer({ about: 'when it was, in milliseconds since 1970; now if blank', optional: true }),
      },
      { about: "answers an error in the API's own form, with the status of reply where that says one", optional: true },
    ),
    example: 'error: { code: FAILURE }',
    isIdle: (error) => Object.values(error).every((member) => member === undefined),
    replaces: true,
    precedesWork: always,
    answer: (reply, error, scene) => {
      const own = scene.error(error) ?? reply
      return { ...own, status: scene.status ?? own.status }
    },
    way: straight,
    words: ({ code }) => (code === undefined ? 'an error' : `the error ${code}`),
    options: [
      { flags: '--error <code>', about: "answers this error in the API's own form", at: ['code'] },
      { flags: '--error-message <text>', about: 'what the error says to people', at: ['message'] },
      { flags: '--error-property <name>', about: 'which member of the request the error is about', at: ['property'] },
      { flags: '--error-timestamp <ms>', about: 'when the error was, in milliseconds since 1970', at: ['timestamp'] },
    ],
    offers: [{ words: 'answers with an error of the API', label: 'code', usual: 'FAILURE', at: ['code'] }],
  },
  delay: {
    field: duration({ about: 'waits so long before the answer, in real time', optional: true, min: 0 }),
    example: 'delay: 5s',
    isIdle: (ms) => ms === 0,
    replaces: false,
    precedesWork: never,
    answer: untouched,
    way: (delayMs) => ({ delayMs }),
    words: (ms) => `a delay of ${formatDuration(ms)}`,
    options: [{ flags: '--delay <duration>', about: 'waits so long before the answer, in real time', at: [] }],
    offers: [{ words: 'answers late', label: 'after', usual: '5s', at: [] }],
  },
  break: {
    field: choice(['reset', 'truncate', 'malformed'], {
      about: 'resets the connection, cuts the body off, or spoils its form',
      meanings: {
        reset: 'the connection is reset before the answer',
        truncate: 'the body ends too early',
        malformed: 'the body cannot be parsed any more',
      },
      optional: true,
    }),
    example: 'break: reset',
    isIdle: never,
    replaces: true,
    precedesWork: (how) => how === 'reset',
    answer: untouched,
    way: (how) => (how === 'malformed' ? { body: malformed } : { broken: how }),
    words: (how) => ({ reset: 'a reset connection', truncate: 'a truncated body', malformed: 'a malformed body' })[how],
    options: [{ flags: '--break <how>', about: 'reset, truncate or malformed', at: [] }],
    offers: [
      { words: 'resets the connection', value: 'reset', at: [] },
      { words: 'cuts the answer off', value: 'truncate', at: [] },
      { words: 'spoils the form of the answer', value: 'malformed', at: [] },
    ],
  },
  omit: {
    field: text({ about: 'leaves this member out of the JSON body, by dotted path', optional: true }),
    example: 'omit: state',
    isIdle: (path) => path === '',
    replaces: true,
    precedesWork: never,
    answer: (reply, path) => ({ ...reply, body: withoutMember(reply.body, path) }),
    way: straight,
    words: (path) => `no member "${path}"`,
    options: [{ flags: '--omit <member>', about: 'leaves this member out of the JSON body', at: [] }],
    offers: [{ words: 'leaves a member out of the answer', label: 'member', usual: 'state', at: [] }],
  },
  dropCookie: {
    field: flag({ about: 'leaves every Set-Cookie out', optional: true }),
    example: 'dropCookie: true',
    isIdle: (drops) => !drops,
    replaces: true,
    precedesWork: never,
    answer: (reply) => ({ ...reply, headers: withoutHeaders(reply.headers, new Set(['set-cookie'])) }),
    way: straight,
    words: () => 'no cookie',
    options: [{ flags: '--drop-cookie', about: 'leaves every Set-Cookie out', at: [] }],
    offers: [{ words: 'sets no cookie', value: true, at: [] }],
  },
  headers: {
    field: headersField({
      about: 'gives the answer these headers, instead of its own of the same names; Set-Cookie beside its own',
      optional: true,
    }),
    example: 'headers: { Retry-After: 120 }',
    isIdle: (headers) => Object.keys(headers).length === 0,
    replaces: true,
    precedesWork: never,
    answer: withHeaders,
    way: straight,
    words: (headers) => `the header ${Object.entries(headers).map(headerWords).join(', ')}`,
    options: [{ flags: '--header <line>', about: "gives the answer a header, such as 'Retry-After: 120'", at: [] }],
    offers: [{ words: 'has another header', label: 'header', usual: 'Retry-After: 120', at: [] }],
  },
  contentType: {
    field: text({ about: 'says that the body is of this type, which stays what it is', optional: true, ...mediaType }),
    example: 'contentType: text/html',
    isIdle: never,
    replaces: true,
    precedesWork: never,
    answer: (reply, type) => withHeaders(reply, { 'content-type': type }),
    way: straight,
    words: (type) => `the content type ${type}`,
    options: [{ flags: '--content-type <type>', about: 'says that the body is of this type', at: [] }],
    offers: [{ words: 'says that it is of another type', label: 'content type', usual: 'text/html', at: [] }],
  },
}

const secrecyOf = secretNames([])

/** What a header says may be a secret, as a cookie is. */
function headerWords([name, value]: readonly [string, string]): string {
  return secrecyOf(name) === 'open' ? `${name}: ${value}` : name
}

/** The effects by name, in their order. */
export const effectList: readonly (readonly [keyof FaultEffect, AnyEffect])[] = Object.entries(effects) as [
  keyof FaultEffect,
  AnyEffect,
][]

type EffectFields = {
  readonly [Name in keyof FaultEffect]-?: Field<Exclude<FaultEffect[Name], undefined>, unknown, 'may'>
}

/** How effects are written in a fault. */
export const effectFields = Object.fromEntries(effectList.map(([name, { field }]) => [name, field])) as EffectFields
