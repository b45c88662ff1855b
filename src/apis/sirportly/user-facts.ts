import { choice, flag, integer, moment, momentAt, nullable, object, text, type Moment } from '../../core/field.ts'
import type { Random } from '../../core/random.ts'
import { fact, factIn, factTable } from '../../model/fact.ts'
import { totpFact } from '../../model/factor.ts'
import { lockoutFacts } from '../../model/lockout-facts.ts'

const permissionFields = {
  admin: flag({ about: 'may administer the account' }),
  reporting: flag({ about: 'may see reports' }),
  tickets: flag({ about: 'may work on tickets' }),
}

const usualPermissions = { admin: false, reporting: true, tickets: true }

/** What stands in a parameter must not be blank (SP-X5). */
const filled = { pattern: /^.+$/s, secret: true } as const

/** What there is to know of a user: what a scenario may say, what can be changed, what is recorded, what is shown. */
export const userFacts = factTable({
  username: factIn(
    {
      scenario: text({
        about: 'one name may be a user in several accounts',
        pattern: filled.pattern,
        shape: 'a name',
      }),
      record: text({ about: 'second half of the key' }),
      param: text({ about: 'who; made if the scenario has no such user', default: 'adam' }),
    },
    { made: ({ name }) => name },
  ),
  account: factIn(
    {
      scenario: text({ about: 'permalink; the first account if blank', optional: true }),
      record: text({ about: 'permalink, and first half of the key' }),
      param: text({ about: 'permalink; made if the scenario has no such account', default: 'atech' }),
    },
    { made: '' },
  ),
  state: factIn({
    change: choice(['active', 'locked', 'two-factor-required', 'no-api-access'], {
      about: 'what the user is from now on',
      meanings: {
        active: 'unlocked, and with API access',
        locked: 'no code is taken until the lock ends',
        'two-factor-required': 'a second factor is required, and not set up any more',
        'no-api-access': 'has no access to the API',
      },
    }),
  }),
  ...lockoutFacts({ counts: 'wrong codes', noun: 'lock', after: 'lockAfter', for: 'lockFor' }),
  password: fact(
    text({ about: 'the password', ...filled, shape: 'a password' }),
    ['scenario?', 'change', 'record', 'param', 'shown'],
    { blank: 'the username', given: 's3cret', made: ({ name }) => name },
  ),
  // The code or secret stays where a second factor is `missing`, for when it is set up again.
  code: fact(
    text({ about: 'a fixed two-factor code', ...filled, shape: 'a code' }),
    ['scenario?', 'change', 'record?', 'param', 'shown'],
    { given: '123456' },
  ),
  totp: totpFact('codes'),
  required: factIn({
    scenario: flag({ about: 'with neither code nor totp: required, but not set up', default: false }),
  }),
  locked: factIn({ scenario: flag({ about: 'whether it is locked', default: false }) }),
  twoFactor: factIn({ change: flag({ about: 'whether a code is asked for; it takes a code or a secret' }) }),
  apiAccess: fact(
    flag({ about: 'whether an administrator enabled API access', default: false }),
    ['scenario', 'change', 'record'],
    { made: false },
  ),
  id: fact(integer({ about: 'the number in answers', min: 1 }), ['scenario?', 'record', 'param?', 'shown'], {
    blank: 'by seed',
    made: 1,
  }),
  firstName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().firstName,
  }),
  lastName: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().lastName,
  }),
  emailAddress: fact(text({ about: 'for people' }), ['scenario?', 'record', 'shown'], {
    blank: 'made up by seed',
    made: ({ person }) => person().email,
  }),
  timeZone: fact(text({ about: 'as Sirportly names it', default: 'London' }), ['scenario', 'record'], {
    made: 'London',
  }),
  createdAt: factIn(
    {
      scenario: moment({ about: 'by seed if blank', optional: true }),
      record: integer({ about: 'an instant in milliseconds' }),
    },
    { made: ({ draw }) => someDay(draw('createdAt')), kept: (when: Moment, { now }) => momentAt(when, now) },
  ),
  activated: fact(
    flag({ about: 'whether the invitation was accepted', default: true }),
    ['scenario', 'change', 'record', 'param', 'shown'],
    { given: true, made: true },
  ),
  inviteCode: factIn(
    {
      scenario: text({ about: 'null if blank', optional: true }),
      record: nullable(text({ about: 'of the invitation' })),
    },
    { made: null },
  ),
  permissions: factIn(
    {
      scenario: object(
        {
          admin: flag({ about: 'may administer the account', default: usualPermissions.admin }),
          reporting: flag({ about: 'may see reports', default: usualPermissions.reporting }),
          tickets: flag({ about: 'may work on tickets', default: usualPermissions.tickets }),
        },
        { about: 'what the user may do', default: usualPermissions },
      ),
      record: object(permissionFields, { about: 'what the user may do, API access apart' }),
    },
    { made: usualPermissions },
  ),
  apiToken: factIn(
    {
      scenario: object(
        {
          token: text({ about: 'by seed if blank', secret: true, optional: true }),
          secret: text({ about: 'by seed if blank', secret: true, optional: true }),
        },
        { about: 'what a login gives', optional: true },
      ),
      record: object(
        { token: text({ about: 'one half', secret: true }), secret: text({ about: 'other half', secret: true }) },
        { about: 'what a login gives' },
      ),
    },
    {
      shown: true,
      made: ({ draw }) => someToken(draw('apiToken')),
      kept: (written: Partial<ReturnType<typeof someToken>>, { draw }) => ({
        ...someToken(draw('apiToken')),
        ...written,
      }),
    },
  ),
  secondFactor: factIn(
    { record: choice(['none', 'missing', 'set-up'], { about: 'missing: required, and not set up' }) },
    {
      made: ({ spec: { code, totp, required } }) =>
        code !== undefined || totp !== undefined ? 'set-up' : required === true ? 'missing' : 'none',
    },
  ),
  lock: factIn(
    {
      record: nullable(
        object(
          {
            untilAt: nullable(integer({ about: 'when it ends, in milliseconds; null lasts until somebody unlocks' })),
          },
          { about: 'set by too many wrong codes or by hand' },
        ),
      ),
    },
    { made: null },
  ),
})

/** A second of the years in which help desks moved into the cloud. */
function someDay(random: Random): number {
  const [start, seconds] = [1_325_376_000_000, 315_360_000]
  return start + random.below(seconds) * 1000
}

const lowerHex = '0123456789abcdef'
const lowerAlphanumeric = '0123456789abcdefghijklmnopqrstuvwxyz'

function someToken(random: Random): { readonly token: string; readonly secret: string } {
  const token = [8, 4, 4, 4, 12].map((length) => random.text(length, lowerHex)).join('-')
  return { token, secret: random.text(52, lowerAlphanumeric) }
}
