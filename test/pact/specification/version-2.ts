import type { Row } from '../specification.ts'

const xml = { headers: { 'Content-Type': 'application/xml' } }
const type = { match: 'type' }
const digits = { match: 'regex', regex: '\\d+' }

/** What version 2 adds: types and patterns. */
export const version2: readonly Row[] = [
  ['another value of a type', true, { body: { login: 'ada' } }, { body: { login: 'eve' } }, { '$.login': type }],
  ['another type', false, { body: { login: 'ada' } }, { body: { login: 7 } }, { '$.login': type }],
  [
    'types further down',
    true,
    { body: { user: { login: 'ada', age: 1 } } },
    { body: { user: { login: 'eve', age: 2 } } },
    { '$.user': type },
  ],
  [
    'another type further down',
    false,
    { body: { user: { login: 'ada', age: 1 } } },
    { body: { user: { login: 'eve', age: 'two' } } },
    { '$.user': type },
  ],
  [
    'a type beside what has none',
    false,
    { body: { login: 'ada', age: 1 } },
    { body: { login: 'eve', age: 2 } },
    { '$.login': type },
  ],
  ['a pattern', true, { body: { pin: '123456' } }, { body: { pin: '42' } }, { '$.pin': digits }],
  ['what does not fit a pattern', false, { body: { pin: '123456' } }, { body: { pin: 'none' } }, { '$.pin': digits }],
  ['a pattern in brackets', true, { body: { pin: '123456' } }, { body: { pin: '42' } }, { "$['pin']": digits }],
  ['a pattern of items', true, { body: { pins: ['1'] } }, { body: { pins: ['42'] } }, { '$.pins[*]': digits }],
  [
    'an item that does not fit',
    false,
    { body: { pins: ['1', '2'] } },
    { body: { pins: ['42', 'none'] } },
    { '$.pins[*]': digits },
  ],
  [
    'a pattern of one item',
    true,
    { body: { pins: ['1', 'x'] } },
    { body: { pins: ['42', 'x'] } },
    { '$.pins[0]': digits },
  ],
  [
    'more items of a type',
    true,
    { body: { users: [{ id: 1 }] } },
    { body: { users: [{ id: 2 }, { id: 3 }] } },
    { '$.users': { match: 'type', min: 1 }, '$.users[*].*': type },
  ],
  [
    'an item of another type',
    false,
    { body: { users: [{ id: 1 }] } },
    { body: { users: [{ id: 2 }, { id: 'x' }] } },
    { '$.users': { match: 'type', min: 1 }, '$.users[*].*': type },
  ],
  [
    'fewer items than are needed',
    false,
    { body: { users: [1, 2] } },
    { body: { users: [1] } },
    { '$.users': { match: 'type', min: 2 } },
  ],
  [
    'more items than are allowed',
    false,
    { body: { users: [1] } },
    { body: { users: [1, 2, 3] } },
    { '$.users': { match: 'type', max: 2 } },
  ],
  [
    'any member of a type',
    true,
    { body: { user: { login: 'ada' } } },
    { body: { user: { login: 'eve', town: 'Graz' } } },
    { '$.user.*': type },
  ],
  [
    'a pattern of a header',
    true,
    { headers: { 'X-Trace': '1' } },
    { headers: { 'X-Trace': '42' } },
    { 'header X-Trace': digits },
  ],
  [
    'a header that does not fit',
    false,
    { headers: { 'X-Trace': '1' } },
    { headers: { 'X-Trace': 'on' } },
    { 'header X-Trace': digits },
  ],
  [
    'the same elements',
    true,
    { ...xml, body: '<user id="1"><login>ada</login></user>' },
    { ...xml, body: '<user id="1"><login>ada</login></user>' },
  ],
  [
    'another text of an element',
    false,
    { ...xml, body: '<user><login>ada</login></user>' },
    { ...xml, body: '<user><login>eve</login></user>' },
  ],
  ['another attribute', false, { ...xml, body: '<user id="1"/>' }, { ...xml, body: '<user id="2"/>' }],
  [
    'an element less',
    false,
    { ...xml, body: '<user><login>ada</login><age>1</age></user>' },
    { ...xml, body: '<user><login>ada</login></user>' },
  ],
]
