import { choice, duration, flag, integer, list, nullable, text, type Fields } from '../../core/field.ts'
import { codeSettings, type CodeSettings } from '../../core/second-factor.ts'

/** What an administrator sets, and what the contract leaves open. Durations in milliseconds. */
export type Settings = CodeSettings & {
  readonly applications: readonly string[]
  readonly statusCodes: 'byKind' | 'always200'
  readonly lockAfter: number
  /** null, or left out: until an administrator unlocks. */
  readonly lockFor?: number | null
  readonly disabledAccounts: readonly string[]
  readonly trustProxy: boolean
}

export const settingFields: Fields<Settings> = {
  applications: list(text({ about: 'a token', secret: true }), {
    about: 'what X-Auth-Application may be; empty for anything but nothing',
    default: [],
    openPoint: 'SP-U3',
  }),
  statusCodes: choice(['byKind', 'always200'], {
    about: 'whether answers with an error have 403 and 404, or all have 200',
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
  ...codeSettings('SP-U12'),
  disabledAccounts: list(text({ about: 'a permalink' }), {
    about: 'accounts that are disabled, beside those with enabled: false',
    default: [],
    openPoint: 'SP-U10',
  }),
  trustProxy: flag({ about: 'whether X-Forwarded-For tells the source address', default: false }),
}
