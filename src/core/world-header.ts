/** The header, and the cookie, by which a request says which world it is for. */
export const worldHeader = 'x-understudy-world'
