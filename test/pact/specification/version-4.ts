import type { Row } from '../specification.ts'

const type = { match: 'type' }

/** What version 4 adds: kinds of statuses, and yet more matchers. */
export const version4: readonly Row[] = [
  [
    'a kind of status',
    true,
    { status: 401 },
    { status: 403 },
    { status: { match: 'statusCode', status: 'clientError' } },
  ],
  [
    'another kind of status',
    false,
    { status: 401 },
    { status: 500 },
    { status: { match: 'statusCode', status: 'clientError' } },
  ],
  ['some statuses', true, { status: 401 }, { status: 423 }, { status: { match: 'statusCode', status: [401, 423] } }],
  [
    'none of some statuses',
    false,
    { status: 401 },
    { status: 403 },
    { status: { match: 'statusCode', status: [401, 423] } },
  ],
  ['a boolean', true, { body: { active: true } }, { body: { active: false } }, { '$.active': { match: 'boolean' } }],
  [
    'a text where a boolean is wanted',
    false,
    { body: { active: true } },
    { body: { active: 'yes' } },
    { '$.active': { match: 'boolean' } },
  ],
  [
    'a version',
    true,
    { body: { version: '1.0.0' } },
    { body: { version: '4.2.1' } },
    { '$.version': { match: 'semver' } },
  ],
  [
    'no version',
    false,
    { body: { version: '1.0.0' } },
    { body: { version: '4.2' } },
    { '$.version': { match: 'semver' } },
  ],
  [
    'something that is not empty',
    true,
    { body: { login: 'ada' } },
    { body: { login: 'eve' } },
    { '$.login': { match: 'notEmpty' } },
  ],
  [
    'something that is empty',
    false,
    { body: { login: 'ada' } },
    { body: { login: '' } },
    { '$.login': { match: 'notEmpty' } },
  ],
  [
    'names that fit',
    true,
    { body: { users: { u1: 1 } } },
    { body: { users: { u2: 1 } } },
    {
      '$.users': [
        { match: 'eachKey', rules: [{ match: 'regex', regex: 'u\\d' }] },
        { match: 'eachValue', rules: [type] },
      ],
    },
  ],
  [
    'a name that does not fit',
    false,
    { body: { users: { u1: 1 } } },
    { body: { users: { eve: 1 } } },
    { '$.users': { match: 'eachKey', rules: [{ match: 'regex', regex: 'u\\d' }] } },
  ],
]
