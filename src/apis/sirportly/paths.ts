/** The documented path, and the one of the older version. */
export const authenticatePath = '/api/v2/authentication/authenticate'
export const olderPath = '/api/v1/authentication/authenticate'
