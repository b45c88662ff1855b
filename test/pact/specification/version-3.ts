import type { Row } from '../specification.ts'

const xml = { headers: { 'Content-Type': 'application/xml' } }
const text = { headers: { 'Content-Type': 'text/plain' } }
const type = { match: 'type' }
const digits = { match: 'regex', regex: '\\d+' }

/** What version 3 adds: more matchers, lists of them, and content types. */
export const version3: readonly Row[] = [
  ['a whole number', true, { body: { age: 1 } }, { body: { age: 36 } }, { '$.age': { match: 'integer' } }],
  [
    'a fraction where a whole number is wanted',
    false,
    { body: { age: 1 } },
    { body: { age: 36.5 } },
    { '$.age': { match: 'integer' } },
  ],
  ['a fraction', true, { body: { age: 1.5 } }, { body: { age: 36.25 } }, { '$.age': { match: 'decimal' } }],
  [
    'a whole number where a fraction is wanted',
    false,
    { body: { age: 1.5 } },
    { body: { age: 36 } },
    { '$.age': { match: 'decimal' } },
  ],
  ['any number', true, { body: { age: 1 } }, { body: { age: 36.5 } }, { '$.age': { match: 'number' } }],
  [
    'a text where any number is wanted',
    false,
    { body: { age: 1 } },
    { body: { age: 'old' } },
    { '$.age': { match: 'number' } },
  ],
  ['null by a rule', true, { body: { until: null } }, { body: { until: null } }, { '$.until': { match: 'null' } }],
  [
    'something where null is the rule',
    false,
    { body: { until: null } },
    { body: { until: 'x' } },
    { '$.until': { match: 'null' } },
  ],
  [
    'a part of a text',
    true,
    { body: { said: 'PIN' } },
    { body: { said: 'the PIN is wrong' } },
    { '$.said': { match: 'include', value: 'PIN' } },
  ],
  [
    'a text without that part',
    false,
    { body: { said: 'PIN' } },
    { body: { said: 'wrong' } },
    { '$.said': { match: 'include', value: 'PIN' } },
  ],
  [
    'equality in the middle of types',
    false,
    { body: { a: { b: 1, c: 'x' } } },
    { body: { a: { b: 2, c: 'x' } } },
    { '$.a': type, '$.a.b': { match: 'equality' } },
  ],
  [
    'a date',
    true,
    { body: { on: '2026-01-15' } },
    { body: { on: '2027-12-31' } },
    { '$.on': { match: 'date', format: 'yyyy-MM-dd' } },
  ],
  [
    'no date',
    false,
    { body: { on: '2026-01-15' } },
    { body: { on: '31.12.2027' } },
    { '$.on': { match: 'date', format: 'yyyy-MM-dd' } },
  ],
  [
    'a time',
    true,
    { body: { at: '10:00' } },
    { body: { at: '23:59' } },
    { '$.at': { match: 'time', format: 'HH:mm' } },
  ],
  [
    'no time',
    false,
    { body: { at: '10:00' } },
    { body: { at: '24:61' } },
    { '$.at': { match: 'time', format: 'HH:mm' } },
  ],
  [
    'an instant',
    true,
    { body: { at: '2026-01-15T10:00:00' } },
    { body: { at: '2027-12-31T23:59:59' } },
    { '$.at': { match: 'timestamp', timestamp: "yyyy-MM-dd'T'HH:mm:ss" } },
  ],
  [
    'no instant',
    false,
    { body: { at: '2026-01-15T10:00:00' } },
    { body: { at: '2027-12-31' } },
    { '$.at': { match: 'timestamp', timestamp: "yyyy-MM-dd'T'HH:mm:ss" } },
  ],
  [
    'two rules at once',
    false,
    { body: { pin: '123' } },
    { body: { pin: '42' } },
    { '$.pin': [digits, { match: 'regex', regex: '.{3}' }] },
  ],
  [
    'a text by a pattern',
    true,
    { ...text, body: 'signed in' },
    { ...text, body: 'signed out' },
    { $: { match: 'regex', regex: 'signed \\w+' } },
  ],
  [
    'a text that no pattern fits',
    false,
    { ...text, body: 'signed in' },
    { ...text, body: 'gone' },
    { $: { match: 'regex', regex: 'signed \\w+' } },
  ],
  [
    'parameters of a content type in another order',
    true,
    { headers: { 'Content-Type': 'text/plain;charset=utf-8;format=flowed' } },
    { headers: { 'Content-Type': 'text/plain; format=flowed; charset=utf-8' } },
  ],
  [
    'a charset in other letters',
    true,
    { headers: { 'Content-Type': 'text/plain;charset=UTF-8' } },
    { headers: { 'Content-Type': 'text/plain; charset=utf-8' } },
  ],
  [
    'another charset',
    false,
    { headers: { 'Content-Type': 'text/plain;charset=utf-8' } },
    { headers: { 'Content-Type': 'text/plain;charset=utf-16' } },
  ],
  [
    'another prefix of the same namespace',
    true,
    { ...xml, body: '<a:u xmlns:a="urn:x"/>' },
    { ...xml, body: '<b:u xmlns:b="urn:x"/>' },
  ],
  ['another namespace', false, { ...xml, body: '<a:u xmlns:a="urn:x"/>' }, { ...xml, body: '<a:u xmlns:a="urn:y"/>' }],
]
