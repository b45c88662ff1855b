// The page of the mutants, as Markdown, from the build.
import { bodyBends } from '../dist/core/bends/body-bends.js'
import { cookieBends } from '../dist/core/bends/header-bends.js'
import { statusBends } from '../dist/core/bends/status-bends.js'
import { valueBends } from '../dist/core/bends/value-bends.js'
import { apis, generated } from './reference.js'
import { table } from './tables.js'

export async function mutantReference() {
  const sections = []
  for (const api of apis) {
    const mutants = (await api.mutants?.()) ?? []
    if (mutants.length === 0) continue
    const [byHand, ofReplies] = [false, true].map((is) =>
      mutants.filter(({ isMechanical = false }) => isMechanical === is),
    )
    const rows = byHand.map(({ id, title, under }) => [`\`${id}\``, title, settingsOf(under)])
    sections.push(
      `## ${api.title}`,
      '',
      `${byHand.length} mutants by hand.`,
      '',
      table(['mutant', 'what it does', 'under'], rows),
      '',
      `${ofReplies.length} mutants of replies; \`understudy mutant list --clause <id>\` tells them.`,
      '',
      countsOf(ofReplies),
      '',
    )
  }
  return [
    `${generated}# Mutants: reference`,
    '',
    'See [mutants](../mutants.md) for what they are for.',
    '',
    '## Mutants of replies',
    '',
    'Their ids are the API, the clause that an answer plays, and one of these words. `MEMBER` is the dotted path of a member of the',
    'body; through lists it leads to every item. A word that would change none of the answers of a clause is none of its.',
    '',
    table(['word', 'what the server does'], wordRows()),
    '',
    ...sections,
  ].join('\n')
}

function settingsOf(under = {}) {
  return Object.entries(under)
    .map(([name, value]) => `\`${name}: ${String(value)}\``)
    .join(', ')
}

function countsOf(mutants) {
  const clauses = [...new Set(mutants.map(({ clause }) => clause))]
  const counts = clauses.map((id) => `${id}: ${mutants.filter(({ clause }) => clause === id).length}`)
  return `${counts.join(', ')}.`
}

/** What ends the ids of mutants of replies. */
function wordRows() {
  return [
    ...[...statusBends, ...bodyBends].map(({ word, title }) => [`\`${word}\``, title]),
    ['`no-header-NAME`', 'there is no header of this name'],
    ['`other-header-NAME`', 'the header of this name is another one'],
    ...cookieBends('NAME').map(({ word, title }) => [`\`${word}\``, title]),
    ...valueBends.map(({ word, title }) => [`\`${word}-MEMBER\``, `a member ${title}`]),
    ['`is-WORD-MEMBER`', 'a member is a word that it is elsewhere'],
    ['`renamed-MEMBER`', 'a member is called otherwise: in the other spelling, or `…Value`'],
    ['`flat-MEMBER`', 'an object is told without the object around it'],
    ['`only-NAME-of-MEMBER`', 'an object is no more than one of its members'],
    ['`bare-MEMBER`', 'the body is no more than one of its members'],
    ['`is-WORD`', 'a body of one word is another one'],
  ]
}
