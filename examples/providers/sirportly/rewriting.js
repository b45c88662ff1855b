// @ts-check

/** @typedef {import('../host/disturbed.js').Sent} Sent */

/**
 * Another JSON body.
 *
 * @param {(data: any, sent: Sent) => any} change
 * @returns {(sent: Sent) => Sent}
 */
export function json(change) {
  return (sent) =>
    sent.body.startsWith('{') ? { ...sent, body: JSON.stringify(change(JSON.parse(sent.body), sent)) } : sent
}

/**
 * Other users, wherever one is shown.
 *
 * @param {(user: any) => any} change
 * @returns {(sent: Sent) => Sent}
 */
export function inUsers(change) {
  return json(({ user, users, ...rest }) => ({
    ...rest,
    ...(user === undefined ? {} : { user: change(user) }),
    ...(users === undefined ? {} : { users: users.map(change) }),
  }))
}
