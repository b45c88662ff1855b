import type { WorldOf } from '../../src/index.ts'
import { request } from './request.ts'

/** Where Sirportly answers. */
export const helpDeskPath = '/api/v2/authentication/authenticate'

/** The status or error that a form gets; where there are users, their accounts follow. */
export async function outcome(
  world: WorldOf,
  form: Readonly<Record<string, string>>,
  address = '127.0.0.1',
): Promise<string> {
  const headers = [
    ['x-auth-application', 'any', 'content-type', 'application/x-www-form-urlencoded'],
    ['x-forwarded-for', address],
  ].flat()
  const body = new URLSearchParams(form).toString()
  const answer = await world.play(request('POST', helpDeskPath, { headers, body }))
  const { status, error, users } = JSON.parse(String(answer.body)) as {
    status?: string
    error?: string
    users?: { account: { permalink: string } }[]
  }
  return [status ?? error, ...(users ?? []).map(({ account }) => account.permalink)].join(' ')
}

/** Every user of the shipped scenarios has it. */
export const password = 's3cret'

/** Each user with state, failures and what is left of a lock. */
export function lines(world: WorldOf): string[] {
  const { now } = world.clock
  return world.sirportly.users().items.map(({ username, state, failures, until }) => {
    const counted = failures === undefined ? '' : `, ${failures} failures`
    return `${username}: ${state}${counted}${until === undefined ? '' : ` for ${(until - now) / 1000} s`}`
  })
}
