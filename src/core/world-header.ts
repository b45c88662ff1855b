/** The header, and the cookie, by which a request says which world it is for. */
export const worldHeader = 'x-understudy-world'

/** The header by which an answer says which clause it plays; real servers have none. */
export const clauseHeader = 'x-understudy-clause'
