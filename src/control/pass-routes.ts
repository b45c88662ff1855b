import { UnderstudyError } from '../core/errors.ts'
import { object, text } from '../core/field.ts'
import { route } from './route.ts'

/** Letting somebody in who has no token. */
export const passRoutes = [
  route('POST /passes', {
    summary:
      'makes a pass that lets somebody in without the admin token, once and within an hour; for servers beyond this machine',
    answer: object({ pass: text({ about: 'the pass' }) }, { about: 'to be handed over' }),
    handle: ({ passes }) => {
      if (passes !== undefined) return { pass: passes.make() }
      const message = 'Nobody needs a pass here: only this machine reaches the server. Start it with --host for others.'
      throw new UnderstudyError('ERR_NOT_SUPPORTED', message)
    },
  }),
  route('POST /passes/exchange', {
    summary: 'gives a token for a pass, which is worth nothing from then on',
    open: true,
    body: { pass: text({ about: 'the pass' }) },
    answer: object({ token: text({ about: 'as good as the admin token until the server ends' }) }, { about: 'let in' }),
    handle: ({ passes, body }) => {
      const token = passes?.exchange(body.pass)
      if (token !== undefined) return { token }
      const message = 'This link was used already, or is too old; whoever sent it can make another.'
      throw new UnderstudyError('ERR_TOKEN_REFUSED', message)
    },
  }),
]
