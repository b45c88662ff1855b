import { inAnswers } from './bend.ts'
import { bodyBends } from './bends/body-bends.ts'
import { headerBends } from './bends/header-bends.ts'
import { memberBends, wordsOf, type Words } from './bends/member-bends.ts'
import type { ReplyBend } from './bends/reply-bend.ts'
import { statusBends } from './bends/status-bends.ts'
import type { JsonObject } from './json.ts'
import { sameReply, type AnyMutant } from './mutant.ts'
import type { Reply } from './step.ts'

/** What an API answers, by the clause that it plays. */
export interface Examples {
  readonly [clause: string]: readonly Example[]
}

/** An answer. */
export interface Example extends Pick<Reply, 'status' | 'headers'> {
  readonly body?: string
  /** Settings without which nobody gets it. */
  readonly under?: JsonObject
}

/**
 * Every answer of an API told otherwise, in each way there is: another status, content type, header or body, each member
 * missing, by another name, of another type or with another value. Nobody picks them, so they fit no judge. A way that
 * changes none of a clause's answers is none of its mutants, nor is one that changes them as another does.
 */
export function replyMutants(api: string, examples: Examples): AnyMutant[] {
  const clauses = Object.entries(examples).map(([clause, answers]) => ({
    clause,
    answers: answers.map(toAnswer(clause)),
  }))
  const words = wordsOf(clauses.flatMap(({ answers }) => answers.map(({ reply }) => reply)))
  return clauses.flatMap(({ clause, answers }) =>
    bendsOf(answers, words).map(({ word, title, change, under }) => ({
      id: `${api}.${clause}.${word}`,
      clause,
      title,
      isMechanical: true,
      bend: inAnswers((reply) => (reply.clause === clause ? change(reply) : reply)),
      ...(Object.keys(under).length === 0 ? {} : { under }),
    })),
  )
}

interface Answer {
  readonly reply: Reply
  readonly under: JsonObject
}

function toAnswer(clause: string): (example: Example) => Answer {
  return ({ status, headers, body, under = {} }) => ({ reply: { status, headers, body, clause, because: '' }, under })
}

function bendsOf(answers: readonly Answer[], words: Words): (ReplyBend & Pick<Answer, 'under'>)[] {
  const seen = new Set<string>()
  const replies = answers.map(({ reply }) => reply)
  return [...statusBends, ...bodyBends, ...headerBends(replies), ...memberBends(replies, words)].flatMap((bend) => {
    const bent = replies.map(bend.change)
    const told = JSON.stringify(bent.map(({ status, headers, body }) => [status, headers, body]))
    const changed = answers.filter(({ reply }, index) => !sameReply(reply, bent[index] as Reply))
    if (seen.has(told) || changed.length === 0) return []
    seen.add(told)
    return [{ ...bend, under: common(changed.map(({ under }) => under)) }]
  })
}

/** The settings that all have alike. */
function common(all: readonly JsonObject[]): JsonObject {
  const [first = {}, ...rest] = all
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => rest.every((each) => each[name] === value)))
}
