import { choice, duration, flag, integer, text } from '../../core/field.ts'
import type { Infer } from '../../core/infer.ts'
import { codeSettings } from '../../core/second-factor.ts'
import { hostSettingFields } from './host-settings.ts'

/** What an administrator sets, and what the contract leaves open. Durations in milliseconds. */
export type Settings = Infer<typeof settingFields>

export const settingFields = {
  contextPath: text({
    about: 'path below which the host product runs; may be empty',
    default: '/jira',
    pattern: /^(\/[\w.~-]+)*$/,
    shape: 'a path such as /jira, or empty',
  }),
  revision: choice(['current', 'legacy'], {
    about: 'which published revision the server plays',
    meanings: {
      current: '406 where a user has yet to be onboarded, 410 where the plug-in is off',
      legacy: 'the same two the other way round',
    },
    default: 'current',
  }),
  active: flag({ about: 'whether the plug-in is switched on', default: true, headline: 'Plug-in' }),
  blockAfter: integer({ about: 'wrong PINs that block a user', default: 3, min: 1, max: 1000, openPoint: 'SL-U13' }),
  blockFor: duration({ about: 'how long a block lasts', default: 1_800_000, min: 1000, openPoint: 'SL-U13' }),
  countFailuresPer: choice(['user', 'session'], {
    about: 'what wrong PINs are counted for',
    meanings: { user: 'one count for all sessions of the user', session: 'each session counts its own' },
    default: 'user',
    openPoint: 'SL-U7',
  }),
  whileBlocked: choice(['reject', 'extend'], {
    about: 'what a PIN sent while blocked does to the block',
    meanings: {
      reject: 'it is refused, and the block ends when it would have',
      extend: 'it is refused, and the block begins anew',
    },
    default: 'reject',
    openPoint: 'SL-U2',
  }),
  failuresAfterPin: choice(['cleared', 'kept'], {
    about: 'what becomes of the wrong PINs counted so far when the right one is entered',
    meanings: { cleared: 'none is counted any more', kept: 'they stay counted' },
    default: 'cleared',
    openPoint: 'SL-U5',
  }),
  failuresAfterBlock: choice(['cleared', 'kept'], {
    about: 'what becomes of them when a block has run out',
    meanings: { cleared: 'counting begins at 0 again', kept: 'the next wrong PIN blocks again' },
    default: 'cleared',
    openPoint: 'SL-U6',
  }),
  unneededPin: choice(['accepted', 'checked'], {
    about: 'what a PIN gets that nobody asked for',
    meanings: { accepted: '200, whatever it is', checked: 'what any PIN gets, and a wrong one is counted' },
    default: 'accepted',
    openPoint: 'SL-U4',
  }),
  otherContentType: choice(['refused', 'accepted'], {
    about: 'what a PIN that is not text/plain gets',
    meanings: { refused: '415, and it is not counted', accepted: 'it is looked at like any PIN' },
    default: 'refused',
    openPoint: 'SL-U8',
  }),
  ...codeSettings('SL-U19'),
  withoutSession: choice(['unauthorized', 'defaultUser'], {
    about: 'what a request without a session gets',
    meanings: { unauthorized: '401 on /user and /auth', defaultUser: 'what the user in defaultUser gets' },
    default: 'unauthorized',
    openPoint: 'SL-U1',
  }),
  defaultUser: text({
    about: 'who a request without a session is taken for, with withoutSession: defaultUser; the first user if blank',
    optional: true,
  }),
  bindSessionToIp: flag({
    about: 'whether a session must enter the PIN again from another address',
    default: true,
    openPoint: 'SL-U14',
  }),
  trustProxy: flag({ about: 'whether X-Forwarded-For tells the source address', default: false }),
  ...hostSettingFields,
  sessionFor: duration({
    about: 'how long a session lives without requests',
    default: 18_000_000,
    min: 1000,
    openPoint: 'SL-X1',
  }),
}
