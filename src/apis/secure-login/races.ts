import { race, type Journey } from '../../core/journey.ts'
import { alice, auth, get, inJira, journey, lockable, open, sendWrongPin, user } from './journey-words.ts'
import { sessionPath } from './paths.ts'

const right = auth('phone', '{pin}')

/** What a server gets wrong that looks at a count, waits, and writes it. */
export const races: readonly Journey[] = [
  journey('race.two-wrong', 'two wrong PINs at once count as two', lockable, [
    open('phone', 'alice'),
    sendWrongPin('phone', { times: 'limit-2' }),
    race([sendWrongPin('phone', { times: 2 })], [user('phone', 'SL-14')]),
  ]),
  journey('race.wrong', 'as many wrong PINs at once as block do block, in whichever sessions', lockable, [
    open('phone', 'alice'),
    open('tablet', 'alice'),
    race(
      [sendWrongPin('phone', { times: 'limit-1' }), sendWrongPin('tablet')],
      [user('phone', 'SL-14'), user('tablet', 'SL-U7')],
    ),
  ]),
  journey('race.right-and-wrong', 'the right PIN and the wrong one that blocks: one of them came first', lockable, [
    open('phone', 'alice'),
    open('tablet', 'alice'),
    sendWrongPin('tablet', { times: 'limit-1' }),
    race([right, sendWrongPin('tablet')], [user('tablet', 'SL-14'), user('phone', 'SL-14')]),
  ]),
  // Two codes under way are one more than anybody may see who may not be locked, where nothing says how many lock.
  journey('race.right-twice', 'the right PIN twice at once harms nobody', lockable, [
    open('phone', 'alice'),
    race([right, right], [user('phone', 'SL-10')]),
  ]),
  journey(
    'race.pin-and-logout',
    'a PIN and a logout at once: nobody is in afterwards',
    alice,
    [
      open('phone', 'alice'),
      race([right, { ...get(sessionPath, 'phone'), method: 'DELETE' }], [user('phone', 'SL-H4')]),
    ],
    inJira,
  ),
]
