import { choice, duration, flag, integer, list, nullable, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { codeSettings } from '../../core/second-factor.ts'

/** What an administrator sets, and what the contract leaves open. Durations in milliseconds. */
export type Settings = Infer<typeof settingFields>

export const settingFields = {
  applications: list(text({ about: 'a token', secret: true }), {
    about: 'what X-Auth-Application may be; empty for anything but nothing',
    default: [],
    openPoint: 'SP-U3',
  }),
  order: choice(['credentials-first', 'account-first'], {
    about: 'when credentials are looked at',
    meanings: {
      'credentials-first': 'before account and address, as the page has it',
      'account-first': 'after account and address',
    },
    default: 'credentials-first',
    openPoint: 'SP-U9',
  }),
  statusCodes: choice(['byKind', 'byOutcome', 'always200'], {
    about: 'which answers have the status of an error',
    meanings: {
      byKind: 'answers with an error have 403 and 404',
      byOutcome: 'every other refusal has 403 too',
      always200: 'no answer has an error status',
    },
    default: 'byKind',
    openPoint: 'SP-U2',
  }),
  lockAfter: integer({
    about: 'wrong codes that lock a second factor',
    default: 5,
    min: 1,
    max: 1000,
    openPoint: 'SP-U6',
  }),
  lockFor: nullable(
    duration({
      about: 'how long a second factor stays locked; until it is unlocked if blank',
      optional: true,
      min: 1000,
      openPoint: 'SP-U6',
    }),
  ),
  lockingCode: choice(['invalid', 'locked'], {
    about: 'what the wrong code is told that locks',
    meanings: { invalid: 'InvalidTwoFactorCode', locked: 'TwoFactorLocked already' },
    default: 'invalid',
    openPoint: 'SP-X7',
  }),
  missingCode: choice(['invalid', 'counted', 'required'], {
    about: 'what is told where a code is missing',
    meanings: {
      invalid: 'InvalidTwoFactorCode, not counted',
      counted: 'InvalidTwoFactorCode, counted as a wrong one',
      required: 'TwoFactorRequired',
    },
    default: 'invalid',
    openPoint: 'SP-U5',
  }),
  ...codeSettings('SP-U12'),
  nobodyLeft: choice(['refused', 'empty'], {
    about: 'what is told without account if something stands in the way of each user',
    meanings: { refused: 'what stands in the way of the user', empty: 'an empty list of users' },
    default: 'refused',
    openPoint: 'SP-U7',
  }),
  disabledAccounts: list(text({ about: 'a permalink' }), {
    about: 'accounts that are disabled, beside those with enabled: false',
    default: [],
    openPoint: 'SP-U10',
  }),
  trustProxy: flag({ about: 'whether X-Forwarded-For tells the source address', default: false }),
}

/** The open points that are a choice of a few words. */
export const choiceNames = ['order', 'statusCodes', 'lockingCode', 'missingCode', 'nobodyLeft'] as const
