import { body, status } from '../bend.ts'
import type { ReplyBend } from './reply-bend.ts'

/** Every status that servers mix up with another. */
const mixedUp = [200, 201, 204, 400, 401, 403, 404, 406, 409, 410, 415, 422, 423, 429, 500]

/** Another status, and what comes instead of an answer from a server that wants people to log in first. */
export const statusBends: readonly ReplyBend[] = [
  ...mixedUp.map((code) => ({ word: `status-${code}`, title: `the status is ${code}`, change: status(code) })),
  {
    word: 'redirect',
    title: 'it leads to a page to log in',
    change: (reply) => ({ ...status(302)(reply), headers: [...reply.headers, 'location', '/login'] }),
  },
  {
    word: 'login-page',
    title: 'there is a page to log in, with a 200',
    change: (reply) => body('text/html', '<h1>Log in</h1>')(status(200)(reply)),
  },
]
