import { isJsonObject, objectIn, type JsonObject } from '../../core/json.ts'
import { readJourney } from '../journeys/read-journey.ts'
import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'

/** What a step of the example expects, by what the mock answers to it. */
type Said = (step: number) => string

/** A journey to start from, in which the mock itself says what has to come back. */
export async function exampleJourney(api: CheckedApi): Promise<string> {
  const settings = readSettings(api, {})
  const draft = exampleText(api, () => '')
  const journey = readJourney(draft, 'the example', 'journey.example', { api, settings, apis: [api.id] })
  if (journey === undefined) throw new Error(`the example is none of ${api.id}`)
  const [[actor, role] = ['', '']] = Object.entries(journey.cast)
  const { pin, facts } = api.kit.trial
  const account = { role, username: 'qa', pin, facts }
  const { player: oracle, meaning } = await createOracle(api, {}, [account], 0)
  const accounts = new Map([[actor, account]])
  const { exchanges } = await playJourney(journey, { oracle, meaning, accounts, kit: api.kit, settings })
  return exampleText(api, (step) => {
    const { expected, meaning: why } = exchanges[step] ?? {}
    const word = bodyWith(api.outcome?.(objectIn(expected?.body ?? ''))?.word, objectIn(expected?.body ?? ''))
    return `\n    expect: { status: ${expected?.status}${word === undefined ? '' : `, body: ${word}`} }   # ${why?.clause}`
  })
}

/** The member of an answer that tells how it ended, as a file writes it; undefined where none does. */
function bodyWith(word: string | undefined, body: JsonObject): string | undefined {
  if (word === undefined) return undefined
  for (const [name, member] of Object.entries(body)) {
    const within = isJsonObject(member) ? bodyWith(word, member) : member === word ? word : undefined
    if (within !== undefined) return `{ ${name}: ${within} }`
  }
  return undefined
}

function exampleText(api: CheckedApi, said: Said): string {
  const { id, title, kit } = api
  const roles = Object.keys(kit.roles)
  const [operation] = Object.entries(kit.asks ?? {}).find(([, { right }]) => right !== undefined) ?? []
  const words = `  # \`wrong\` and \`right\`: with a code of that account, or a password where it has no code, that is. Any other body is sent as it is written.
  - ask: { operation: ${id}.${operation}, body: wrong }${said(0)}
  - ask: { operation: ${id}.${operation}, body: right }${said(1)}`
  return `# A journey of one's own through ${title}: understudy verify <target> --journeys <this file>
api: ${id}
title: ${operation === undefined ? 'what is answered' : 'who was refused may try again'}
# Who asks: the target's account of this role, whose session is opened first. There are ${roles.join(', ')}.
as: ${kit.lockout?.role ?? roles[0]}
steps:
${operation === undefined ? plainAsk(api, said) : words}
  # \`expect\` holds for the mock as well: what the mock does not answer itself is told before anything is sent.
  # Besides: expect: { headers: { … }, body: { … } }, times: 3, as: <another role>, session: new or none,
  # capture: { state: $.state }, which is "{{state}}" in later steps; and instead of an operation a method and a path.
  # Between requests time may pass:
  # - wait: 31m
`
}

/** The first operation, as nobody knows more of it than its path. */
function plainAsk({ id, operations }: CheckedApi, said: Said): string {
  const [{ id: name, paths } = { id: '', paths: [''] }] = operations
  const open = [...(paths[0] ?? '').matchAll(/\{(\w+)\}/g)].map(([, param]) => `${param}: "{{username}}"`)
  const params = open.length === 0 ? '' : `, params: { ${open.join(', ')} }`
  return `  # Besides: query: { … }, headers: { … }, body: { … }; "{{username}}", "{{password}}", "{{pin}}" and facts of the account in them.
  - ask: { operation: ${id}.${name}${params} }${said(0)}`
}
