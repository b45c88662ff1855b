/**
 * What Pact's specification says of answers, in our own words and with our own data: which situations there are was taken
 * from the cases that come with it (pact-foundation/pact-specification, testcases of 1 to 4), and from its table of matchers.
 */
export interface SpecifiedCase {
  readonly about: string
  readonly wanted: Part
  readonly given: Part
  /** By path below the body, or by header: `$.user`, `header X-Trace`, `status`. */
  readonly rules?: { readonly [place: string]: Matcher | readonly Matcher[] }
  readonly isKept: boolean
  /** The version that first has it. */
  readonly since: 1 | 2 | 3 | 4
}

interface Part {
  readonly status?: number
  readonly headers?: { readonly [name: string]: string }
  /** JSON; a text where the content type says so; null is no body; left out, nothing is said of it. */
  readonly body?: unknown
}

export interface Matcher {
  readonly match: string
  readonly [member: string]: unknown
}

const text = { headers: { 'Content-Type': 'text/plain' } }
const xml = { headers: { 'Content-Type': 'application/xml' } }
const type = { match: 'type' }
const digits = { match: 'regex', regex: '\\d+' }

type Row = [about: string, isKept: boolean, wanted: Part, given: Part, rules?: SpecifiedCase['rules']]

const one: readonly Row[] = [
  ['the same status', true, { status: 202 }, { status: 202 }],
  ['another status', false, { status: 202 }, { status: 404 }],
  ['no headers', true, { headers: {} }, { headers: {} }],
  ['the same header', true, { headers: { 'X-Trace': 'on' } }, { headers: { 'X-Trace': 'on' } }],
  ['a header in other letters', true, { headers: { 'x-trace': 'on' } }, { headers: { 'X-TRACE': 'on' } }],
  ['a value of a header in other letters', false, { headers: { 'X-Trace': 'on' } }, { headers: { 'X-Trace': 'ON' } }],
  ['a header more', true, { headers: {} }, { headers: { 'X-Trace': 'on' } }],
  ['a header less', false, { headers: { 'X-Trace': 'on' } }, { headers: {} }],
  ['values of a header in another order', false, { headers: { 'X-Trace': 'on, off' } }, { headers: { 'X-Trace': 'off, on' } }],
  ['values of a header with other spaces', true, { headers: { 'X-Trace': 'on,off' } }, { headers: { 'X-Trace': 'on, off' } }],
  ['the same members', true, { body: { user: { login: 'ada', age: 36 } } }, { body: { user: { login: 'ada', age: 36 } } }],
  ['members in another order', true, { body: { login: 'ada', age: 36 } }, { body: { age: 36, login: 'ada' } }],
  ['a member more', true, { body: { login: 'ada' } }, { body: { login: 'ada', age: 36 } }],
  ['a member more that is null', true, { body: { login: 'ada' } }, { body: { login: 'ada', age: null } }],
  ['a member less', false, { body: { login: 'ada', age: 36 } }, { body: { login: 'ada' } }],
  ['a member in other letters', false, { body: { login: 'ada' } }, { body: { Login: 'ada' } }],
  ['another value', false, { body: { login: 'ada' } }, { body: { login: 'eve' } }],
  ['a value in other letters', false, { body: { login: 'ada' } }, { body: { login: 'Ada' } }],
  ['another value, deep down', false, { body: { a: { b: { c: [{ d: 1 }] } } } }, { body: { a: { b: { c: [{ d: 2 }] } } } }],
  ['the same value, deep down', true, { body: { a: { b: { c: [{ d: 1 }] } } } }, { body: { a: { b: { c: [{ d: 1 }] } } } }],
  ['a number where a text is wanted', false, { body: { age: '36' } }, { body: { age: 36 } }],
  ['a text where a number is wanted', false, { body: { age: 36 } }, { body: { age: '36' } }],
  ['null where a text is wanted', false, { body: { login: 'ada' } }, { body: { login: null } }],
  ['a text where null is wanted', false, { body: { login: null } }, { body: { login: 'ada' } }],
  ['null where it is wanted', true, { body: { login: null } }, { body: { login: null } }],
  ['a list in order', true, { body: { tags: ['a', 'b'] } }, { body: { tags: ['a', 'b'] } }],
  ['a list in another order', false, { body: { tags: ['a', 'b'] } }, { body: { tags: ['b', 'a'] } }],
  ['an item more', false, { body: { tags: ['a'] } }, { body: { tags: ['a', 'b'] } }],
  ['an item more that is null', false, { body: { tags: ['a'] } }, { body: { tags: ['a', null] } }],
  ['an item less', false, { body: { tags: ['a', 'b'] } }, { body: { tags: ['a'] } }],
  ['a number among texts', false, { body: { tags: ['1', '2'] } }, { body: { tags: ['1', 2] } }],
  ['null among texts', false, { body: { tags: ['1', '2'] } }, { body: { tags: ['1', null] } }],
  ['a list on top', true, { body: [{ id: 1 }, { id: 2 }] }, { body: [{ id: 1 }, { id: 2 }] }],
  ['a member more of an item', true, { body: [{ id: 1 }] }, { body: [{ id: 1, login: 'ada' }] }],
  ['an empty list where there are items', false, { body: { tags: [] } }, { body: { tags: ['a'] } }],
  ['a text', true, { ...text, body: 'signed in' }, { ...text, body: 'signed in' }],
  ['another text', false, { ...text, body: 'signed in' }, { ...text, body: 'signed out' }],
  ['no word on a body', true, {}, { body: { login: 'ada' } }],
  ['no body where none is wanted', true, { body: null }, {}],
  ['a body where none is wanted', false, { body: null }, { ...text, body: 'signed in' }],
  ['no body where one is wanted', false, { body: { login: 'ada' } }, {}],
]

const two: readonly Row[] = [
  ['another value of a type', true, { body: { login: 'ada' } }, { body: { login: 'eve' } }, { '$.login': type }],
  ['another type', false, { body: { login: 'ada' } }, { body: { login: 7 } }, { '$.login': type }],
  ['types further down', true, { body: { user: { login: 'ada', age: 1 } } }, { body: { user: { login: 'eve', age: 2 } } }, { '$.user': type }],
  ['another type further down', false, { body: { user: { login: 'ada', age: 1 } } }, { body: { user: { login: 'eve', age: 'two' } } }, { '$.user': type }],
  ['a type beside what has none', false, { body: { login: 'ada', age: 1 } }, { body: { login: 'eve', age: 2 } }, { '$.login': type }],
  ['a pattern', true, { body: { pin: '123456' } }, { body: { pin: '42' } }, { '$.pin': digits }],
  ['what does not fit a pattern', false, { body: { pin: '123456' } }, { body: { pin: 'none' } }, { '$.pin': digits }],
  ['a pattern in brackets', true, { body: { pin: '123456' } }, { body: { pin: '42' } }, { "$['pin']": digits }],
  ['a pattern of items', true, { body: { pins: ['1'] } }, { body: { pins: ['42'] } }, { '$.pins[*]': digits }],
  ['an item that does not fit', false, { body: { pins: ['1', '2'] } }, { body: { pins: ['42', 'none'] } }, { '$.pins[*]': digits }],
  ['a pattern of one item', true, { body: { pins: ['1', 'x'] } }, { body: { pins: ['42', 'x'] } }, { '$.pins[0]': digits }],
  ['more items of a type', true, { body: { users: [{ id: 1 }] } }, { body: { users: [{ id: 2 }, { id: 3 }] } }, { '$.users': { match: 'type', min: 1 }, '$.users[*].*': type }],
  ['an item of another type', false, { body: { users: [{ id: 1 }] } }, { body: { users: [{ id: 2 }, { id: 'x' }] } }, { '$.users': { match: 'type', min: 1 }, '$.users[*].*': type }],
  ['fewer items than are needed', false, { body: { users: [1, 2] } }, { body: { users: [1] } }, { '$.users': { match: 'type', min: 2 } }],
  ['more items than are allowed', false, { body: { users: [1] } }, { body: { users: [1, 2, 3] } }, { '$.users': { match: 'type', max: 2 } }],
  ['any member of a type', true, { body: { user: { login: 'ada' } } }, { body: { user: { login: 'eve', town: 'Graz' } } }, { '$.user.*': type }],
  ['a pattern of a header', true, { headers: { 'X-Trace': '1' } }, { headers: { 'X-Trace': '42' } }, { 'header X-Trace': digits }],
  ['a header that does not fit', false, { headers: { 'X-Trace': '1' } }, { headers: { 'X-Trace': 'on' } }, { 'header X-Trace': digits }],
  ['the same elements', true, { ...xml, body: '<user id="1"><login>ada</login></user>' }, { ...xml, body: '<user id="1"><login>ada</login></user>' }],
  ['another text of an element', false, { ...xml, body: '<user><login>ada</login></user>' }, { ...xml, body: '<user><login>eve</login></user>' }],
  ['another attribute', false, { ...xml, body: '<user id="1"/>' }, { ...xml, body: '<user id="2"/>' }],
  ['an element less', false, { ...xml, body: '<user><login>ada</login><age>1</age></user>' }, { ...xml, body: '<user><login>ada</login></user>' }],
]

const three: readonly Row[] = [
  ['a whole number', true, { body: { age: 1 } }, { body: { age: 36 } }, { '$.age': { match: 'integer' } }],
  ['a fraction where a whole number is wanted', false, { body: { age: 1 } }, { body: { age: 36.5 } }, { '$.age': { match: 'integer' } }],
  ['a fraction', true, { body: { age: 1.5 } }, { body: { age: 36.25 } }, { '$.age': { match: 'decimal' } }],
  ['a whole number where a fraction is wanted', false, { body: { age: 1.5 } }, { body: { age: 36 } }, { '$.age': { match: 'decimal' } }],
  ['any number', true, { body: { age: 1 } }, { body: { age: 36.5 } }, { '$.age': { match: 'number' } }],
  ['a text where any number is wanted', false, { body: { age: 1 } }, { body: { age: 'old' } }, { '$.age': { match: 'number' } }],
  ['null by a rule', true, { body: { until: null } }, { body: { until: null } }, { '$.until': { match: 'null' } }],
  ['something where null is the rule', false, { body: { until: null } }, { body: { until: 'x' } }, { '$.until': { match: 'null' } }],
  ['a part of a text', true, { body: { said: 'PIN' } }, { body: { said: 'the PIN is wrong' } }, { '$.said': { match: 'include', value: 'PIN' } }],
  ['a text without that part', false, { body: { said: 'PIN' } }, { body: { said: 'wrong' } }, { '$.said': { match: 'include', value: 'PIN' } }],
  ['equality in the middle of types', false, { body: { a: { b: 1, c: 'x' } } }, { body: { a: { b: 2, c: 'x' } } }, { '$.a': type, '$.a.b': { match: 'equality' } }],
  ['a date', true, { body: { on: '2026-01-15' } }, { body: { on: '2027-12-31' } }, { '$.on': { match: 'date', format: 'yyyy-MM-dd' } }],
  ['no date', false, { body: { on: '2026-01-15' } }, { body: { on: '31.12.2027' } }, { '$.on': { match: 'date', format: 'yyyy-MM-dd' } }],
  ['a time', true, { body: { at: '10:00' } }, { body: { at: '23:59' } }, { '$.at': { match: 'time', format: 'HH:mm' } }],
  ['no time', false, { body: { at: '10:00' } }, { body: { at: '24:61' } }, { '$.at': { match: 'time', format: 'HH:mm' } }],
  ['an instant', true, { body: { at: '2026-01-15T10:00:00' } }, { body: { at: '2027-12-31T23:59:59' } }, { '$.at': { match: 'timestamp', timestamp: "yyyy-MM-dd'T'HH:mm:ss" } }],
  ['no instant', false, { body: { at: '2026-01-15T10:00:00' } }, { body: { at: '2027-12-31' } }, { '$.at': { match: 'timestamp', timestamp: "yyyy-MM-dd'T'HH:mm:ss" } }],
  ['two rules at once', false, { body: { pin: '123' } }, { body: { pin: '42' } }, { '$.pin': [digits, { match: 'regex', regex: '.{3}' }] }],
  ['a text by a pattern', true, { ...text, body: 'signed in' }, { ...text, body: 'signed out' }, { $: { match: 'regex', regex: 'signed \\w+' } }],
  ['a text that no pattern fits', false, { ...text, body: 'signed in' }, { ...text, body: 'gone' }, { $: { match: 'regex', regex: 'signed \\w+' } }],
  ['parameters of a content type in another order', true, { headers: { 'Content-Type': 'text/plain;charset=utf-8;format=flowed' } }, { headers: { 'Content-Type': 'text/plain; format=flowed; charset=utf-8' } }],
  ['a charset in other letters', true, { headers: { 'Content-Type': 'text/plain;charset=UTF-8' } }, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } }],
  ['another charset', false, { headers: { 'Content-Type': 'text/plain;charset=utf-8' } }, { headers: { 'Content-Type': 'text/plain;charset=utf-16' } }],
  ['another prefix of the same namespace', true, { ...xml, body: '<a:u xmlns:a="urn:x"/>' }, { ...xml, body: '<b:u xmlns:b="urn:x"/>' }],
  ['another namespace', false, { ...xml, body: '<a:u xmlns:a="urn:x"/>' }, { ...xml, body: '<a:u xmlns:a="urn:y"/>' }],
]

const four: readonly Row[] = [
  ['a kind of status', true, { status: 401 }, { status: 403 }, { status: { match: 'statusCode', status: 'clientError' } }],
  ['another kind of status', false, { status: 401 }, { status: 500 }, { status: { match: 'statusCode', status: 'clientError' } }],
  ['some statuses', true, { status: 401 }, { status: 423 }, { status: { match: 'statusCode', status: [401, 423] } }],
  ['none of some statuses', false, { status: 401 }, { status: 403 }, { status: { match: 'statusCode', status: [401, 423] } }],
  ['a boolean', true, { body: { active: true } }, { body: { active: false } }, { '$.active': { match: 'boolean' } }],
  ['a text where a boolean is wanted', false, { body: { active: true } }, { body: { active: 'yes' } }, { '$.active': { match: 'boolean' } }],
  ['a version', true, { body: { version: '1.0.0' } }, { body: { version: '4.2.1' } }, { '$.version': { match: 'semver' } }],
  ['no version', false, { body: { version: '1.0.0' } }, { body: { version: '4.2' } }, { '$.version': { match: 'semver' } }],
  ['something that is not empty', true, { body: { login: 'ada' } }, { body: { login: 'eve' } }, { '$.login': { match: 'notEmpty' } }],
  ['something that is empty', false, { body: { login: 'ada' } }, { body: { login: '' } }, { '$.login': { match: 'notEmpty' } }],
  ['names that fit', true, { body: { users: { u1: 1 } } }, { body: { users: { u2: 1 } } }, { '$.users': [{ match: 'eachKey', rules: [{ match: 'regex', regex: 'u\\d' }] }, { match: 'eachValue', rules: [type] }] }],
  ['a name that does not fit', false, { body: { users: { u1: 1 } } }, { body: { users: { eve: 1 } } }, { '$.users': { match: 'eachKey', rules: [{ match: 'regex', regex: 'u\\d' }] } }],
]

const versions = [one, two, three, four] as const

export const specified: readonly SpecifiedCase[] = versions.flatMap((rows, index) =>
  rows.map(([about, isKept, wanted, given, rules]) => ({
    about,
    isKept,
    wanted,
    given,
    since: (index + 1) as SpecifiedCase['since'],
    ...(rules === undefined ? {} : { rules }),
  })),
)
