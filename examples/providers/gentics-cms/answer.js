// @ts-check

/** @typedef {'OK' | 'INVALIDDATA' | 'MAINTENANCEMODE' | 'NOTFOUND' | 'FAILURE' | 'AUTHREQUIRED'} Code */

/** Words for people; programs look at the code. */
const words = {
  OK: 'Done.',
  INVALIDDATA: 'That is no session.',
  MAINTENANCEMODE: 'There is maintenance. Please come back later.',
  NOTFOUND: 'Nobody can log in with that.',
  FAILURE: 'That cannot be done.',
  AUTHREQUIRED: 'Please log in first.',
}

/**
 * What every answer in JSON has. Failures are told by the code, not by the HTTP status.
 *
 * @param {import('./server.js').Server} server
 * @param {Code} responseCode
 * @param {object} more
 */
export function answer({ users, settings }, responseCode, more = {}) {
  const messages = settings.messages.map((message) => users.toMessage(message))
  return { ...more, messages, responseInfo: { responseCode, responseMessage: words[responseCode] } }
}
