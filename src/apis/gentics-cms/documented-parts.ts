import type { AnswerPart } from '../../core/kit.ts'
import { responseCodes } from './contract.ts'

/** Clauses of answers that tell a failure. */
const failures = ['GC-17', 'GC-18', 'GC-19', 'GC-20', 'GC-21', 'GC-23', 'GC-U2', 'GC-X15']

/** Those of logins. */
const refusals = ['GC-17', 'GC-18', 'GC-U2', 'GC-X11', 'GC-X15']

const code = /^body\.responseInfo\.responseCode$/
const cookie = /^header set-cookie$/

/** Which clause a part of an answer is about, in the dialect `documented`. */
export const documentedParts: readonly AnswerPart[] = [
  { of: ['GC-20'], where: cookie, received: /^none$/, clause: 'GC-20' },
  { of: ['GC-20'], where: cookie, clause: 'GC-X20' },
  { of: ['GC-05'], where: cookie, clause: 'GC-05' },
  { of: ['GC-03', 'GC-04', 'GC-16'], where: cookie, expected: /^none$/, clause: 'GC-X6' },
  { of: refusals, where: cookie, expected: /^none$/, clause: 'GC-25' },
  { of: ['GC-03', 'GC-04'], where: cookie, received: /^none$/, clause: 'GC-03' },
  { of: ['GC-X5'], where: cookie, received: /^none$/, clause: 'GC-X5' },
  { where: cookie, received: /^GCN_SESSION_SECRET=(?!…|deleted|[0-9A-Za-z]{15}(;|$))/, clause: 'GC-14' },
  { where: cookie, clause: 'GC-15' },

  { where: /^header content-type$/, expected: /text\/plain/, clause: 'GC-02' },
  { of: ['GC-22'], where: /^header content-type$/, clause: 'GC-08' },
  { of: ['GC-02', 'GC-23', 'GC-24'], where: /^body$/, received: /^(no body|FAILURE)$/, clause: 'GC-02' },
  { of: ['GC-24'], where: /^body$/, how: ['form'], clause: 'GC-24' },
  { of: ['GC-02', 'GC-24'], where: /^status$/, received: /^4/, alone: true, clause: 'GC-02' },

  { of: ['GC-04', 'GC-U2'], where: /^status$/, received: /^404$/, clause: 'GC-04' },
  { where: /^status$/, expected: /^20[01]$/, received: /^20[01]$/, alone: true, clause: 'GC-09' },
  { of: ['GC-06'], where: /^status$/, received: /^400$/, clause: 'GC-X12' },
  { of: failures, where: /^status$/, received: /^[45]/, alone: true, clause: 'GC-13' },
  { of: ['GC-X7', 'GC-X13'], where: /^status$/, received: /^5/, alone: true, clause: 'GC-13' },
  { of: ['GC-X11'], where: /^status$/, received: /^(401|403|404|5\d\d)$/, alone: true, clause: 'GC-13' },

  { where: code, how: ['missing', 'extra', 'form'], clause: 'GC-12' },
  { where: code, received: new RegExp(`^(?!"(${responseCodes.join('|')})"$)`), clause: 'GC-12' },
  { of: ['GC-05'], where: code, clause: 'GC-05' },
  { of: ['GC-17'], where: code, received: /^(?!"OK")/, clause: 'GC-17' },
  { of: ['GC-18'], where: code, received: /^(?!"OK")/, clause: 'GC-18' },
  { of: ['GC-20'], where: code, clause: 'GC-20' },
  { of: ['GC-19', 'GC-23'], where: code, received: /^(?!"OK")/, clause: 'GC-19' },
  { of: ['GC-21'], where: code, received: /^(?!"OK")/, clause: 'GC-21' },
  { of: ['GC-U2'], where: code, received: /^(?!"OK")/, clause: 'GC-U2' },

  { of: ['GC-S1'], where: /^body\.responseInfo$/, clause: 'GC-S1' },
  { of: refusals, where: /^body\.(sid|user)$/, how: ['extra'], clause: 'GC-25' },
  { of: ['GC-04', 'GC-16', 'GC-X5'], where: /^body\.(sid|user)$/, how: ['missing', 'form'], clause: 'GC-03' },
  { where: /^body\.user\.password$/, clause: 'GC-U4' },
  { where: /^body\.user\.(?!id$)\w+$/, how: ['missing'], clause: 'GC-X21' },
  { where: /^body\.user\./, how: ['missing', 'extra', 'form'], clause: 'GC-10' },
  { where: /^body\.user\.(?!id$|login$)/, clause: 'GC-10' },
  { of: ['GC-06'], where: /^body\.user$/, how: ['missing'], clause: 'GC-X12' },
  { where: /^body\.hash$/, how: ['missing'], clause: 'GC-06' },
  { where: /^body\.hash$/, expected: /^another than/, clause: 'GC-X22' },
  { where: /^body\.hash$/, clause: 'GC-21' },
  { of: ['GC-17'], where: /^body\.responseInfo\.responseMessage$/, how: ['value'], clause: 'GC-X23' },
  { where: /^body\.messages\[\d+\]\.timestamp$/, how: ['value'], clause: 'GC-X19' },
  { where: /^body\.messages\[/, clause: 'GC-11' },
  { where: /^body\.(messages$|responseInfo\.property$)/, clause: 'GC-U5' },
  { where: /^body\.responseInfo($|\.responseMessage$)/, how: ['missing', 'extra'], clause: 'GC-12' },
  { of: ['GC-22'], where: /^body\./, clause: 'GC-22' },
]
