/** Below the context path, without the operation's name. */
export const authPath = '/rest/auth'

/** Path of the caller's own user. */
export const mePath = '/rest/user/me'

/** Name of the cookie that carries the secret. */
export const secretCookie = 'GCN_SESSION_SECRET'

/** Every code that a `responseInfo` can carry (GC-12). */
export const responseCodes = [
  'OK',
  'INVALIDDATA',
  'PERMISSION',
  'MAINTENANCEMODE',
  'NOTFOUND',
  'FAILURE',
  'AUTHREQUIRED',
  'NOTLICENSED',
  'LOCKED',
] as const

/** The outcome of an operation, as `responseInfo` tells it. */
export type ResponseCode = (typeof responseCodes)[number]

/** What messages can be (GC-11). */
export const messageTypes = ['CRITICAL', 'INFO', 'SUCCESS', 'WARNING', 'NEUTRAL'] as const

/** Sizes of the real server. */
export const limits = {
  /** GC-14. */
  secretLength: 15,
  /** The largest 32-bit integer: sids are a database's keys. */
  greatestSid: 2_147_483_647,
  /** GC-21, GC-O16: the cost in `$2a$10$`. */
  hashCost: 10,
  /** GC-X13: dearer hashes are not tried; each further step doubles the time. */
  dearestCost: 12,
} as const
