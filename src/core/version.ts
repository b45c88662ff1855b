/** The version of this package; a test holds it against package.json. */
export const version = '0.1.0'

/** The header by which an answer of the control API is known as one. */
export const versionHeader = 'x-understudy-version'
