import { race, type Journey } from '../../core/journey.ts'
import { alive, journey, login, loginAgain, logout, nora, otherAlive } from './journey-words.ts'

/** What a server gets wrong that looks at a session, waits, and writes it. */
export const races: readonly Journey[] = [
  journey('race.logout', 'what is asked beside a logout is answered before it or after it', nora, [
    login('browser'),
    race([logout('browser', '{sid}'), alive], [alive]),
  ]),
  journey('race.login-and-logout', 'a login beside a logout is a session of its own', nora, [
    login('browser'),
    race([logout('browser', '{sid}'), loginAgain('other')], [alive, otherAlive]),
  ]),
  journey('race.logout-twice', 'a logout twice at once ends the session once', nora, [
    login('browser'),
    race([logout('browser', '{sid}'), logout('browser', '{sid}')], [alive]),
  ]),
]
