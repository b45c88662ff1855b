import type { AnswerPart } from '../../../core/kit.ts'
import { responseCodes } from '../contract.ts'
import { observedClauses } from './clauses.ts'

const every = observedClauses.map(({ id }) => id)
const code = /^body\.responseInfo\.responseCode$/
const cookie = /^header set-cookie$/
const refusals = ['GC-O8', 'GC-O9']
const opened = ['GC-O6', 'GC-O7']

const parts: readonly AnswerPart[] = [
  // What the page promises.
  { of: refusals, where: cookie, expected: /^none$/, clause: 'GC-25' },
  { of: opened, where: /^body\.sid$/, how: ['missing', 'form'], clause: 'GC-03' },
  { of: ['GC-O16'], where: /^body\.hash$/, how: ['missing'], clause: 'GC-06' },
  { where: /^body\.responseInfo($|\.response(Code|Message)$)/, how: ['missing', 'form'], clause: 'GC-12' },
  { where: code, received: new RegExp(`^(?!"(${responseCodes.join('|')})"$)`), clause: 'GC-12' },

  { of: ['GC-O21'], where: /^header content-type$/, clause: 'GC-X24' },
  { of: ['GC-O29', 'GC-O19'], where: /^header content-type$/, expected: /^text\/json$/, clause: 'GC-O29' },
  { of: ['GC-O14', 'GC-O15', 'GC-O23'], where: /^header content-type$/, clause: 'GC-02' },
  { where: /^header content-type$/, clause: 'GC-O2' },
  { of: ['GC-O11', 'GC-O12'], where: cookie, expected: /^none$/, clause: 'GC-O11' },
  { of: ['GC-O13'], where: cookie, received: /^none$/, clause: 'GC-O13' },
  { where: cookie, clause: 'GC-O22' },

  { where: /^status$/, expected: /^200$/, received: /^2/, alone: true, clause: 'GC-O1' },
  {
    of: ['GC-O8', 'GC-O9', 'GC-O10', 'GC-O12', 'GC-O18'],
    where: /^status$/,
    received: /^4/,
    alone: true,
    clause: 'GC-O1',
  },
  { of: ['GC-O27'], where: /^status$/, clause: 'GC-O27' },

  { of: ['GC-O8'], where: /^body\.responseInfo\.responseMessage$/, clause: 'GC-O8' },
  ...['GC-O8', 'GC-O9', 'GC-O10', 'GC-O12', 'GC-O18', 'GC-O23'].map((id): AnswerPart => ({
    of: [id],
    where: code,
    received: /^(?!"OK")/,
    clause: id === 'GC-O23' ? 'GC-O10' : id,
  })),

  { where: /^body\.inBackground$/, clause: 'GC-O4' },
  { where: /^body\.messages(\[|$)/, clause: 'GC-O3' },
  { of: [...opened, 'GC-O10'], where: /^body\.user\./, clause: 'GC-O5' },
  { of: ['GC-O20'], where: /^body\.user/, clause: 'GC-O20' },
  { of: refusals, where: /^body\.(user|sid)$/, how: ['extra'], clause: 'GC-25' },
  { where: /^body\.hash$/, clause: 'GC-O16' },
  { where: /^body\.user$/, how: ['missing'], clause: 'GC-O5' },
]

/** Which clause of the open-source server a part of its answers is about. */
export const observedParts: readonly AnswerPart[] = parts.map((part) => ({ of: every, ...part }))
