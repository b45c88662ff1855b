// The page of the lints, as Markdown, from the build.
import { apis, generated } from './reference.js'
import { table } from './tables.js'

export async function lintReference() {
  const sections = []
  for (const api of apis) {
    const lints = (await api.lints?.()) ?? []
    if (lints.length === 0) continue
    const rows = lints.map(({ id, clause, sentence, mend }) => [`\`${id}\``, clause, sentence, mend])
    sections.push(
      `## ${api.title}`,
      '',
      table(['lint', 'clause', 'what the client did', 'what it does instead'], rows),
      '',
    )
  }
  return [
    `${generated}# Lints of a client`,
    '',
    'What a client does against the contract, although every answer was as it should be. Each follows from a clause, and is',
    'told from the journal alone: the requests, and what their users and sessions were before and after. How they are shown',
    'and made errors is in [frontend.md](../frontend.md#what-a-client-does-wrong).',
    '',
    ...sections,
    '## What cannot be told',
    '',
    'A lint that is not sure says nothing:',
    '',
    '- A code that was refused counts as sent again by the client itself only where the very same message comes next from the',
    '  same session within 250 ms of a running clock, and the first had counted. A test that sends one wrong code over and',
    '  over by itself looks the same: let it send different ones.',
    '- Asking counts as polling from the fifth time on, with the same `until` and no more than a minute between two.',
    '- Where the clock stands, nothing can be told of how long somebody waited, so these three say nothing there:',
    '  `code-sent-again`, `polls-before-until`, `until-by-device-clock`.',
    '- `until` was compared with the clock of the device only where the world’s server is at least two seconds behind',
    '  (`clock skew -1m`), and the client asks within two seconds of the wrong end. Where the server is ahead, such a client',
    '  merely waits too long, which nobody can tell from somebody who was away.',
    '- A block that began elsewhere, by an administrator or in another session, is not known to a client that was not told.',
    '- A cookie is missed in the request that comes next from the same address and user agent. Two clients that look alike',
    '  and take turns within one world may be taken for one.',
    '- How an app came to a request is not looked at, and what it keeps in its storage is not either.',
    '',
  ].join('\n')
}
