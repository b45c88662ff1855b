import type { Json, JsonObject } from '../core/json.ts'
import { printable } from '../core/printable.ts'
import type { WhyView } from '../world/views.ts'

/** Why one request was answered as it was, in lines for people; printable, whatever was asked. */
export function tellWhy(why: WhyView): string {
  const { rule } = why
  const setting = rule['setting'] === undefined ? '' : ` (setting ${rule['setting']})`
  const lines = [
    `${why.id}  ${why.method} ${why.path} → ${why.status}`,
    `because   ${why.because}`,
    `clause    ${rule['id']}, ${rule['origin']}: ${rule['text']}${rule['choice'] === undefined ? setting : ''}`,
    ...(rule['choice'] === undefined ? [] : [`          chosen: ${rule['choice']}${setting}`]),
    `when      ${why.at}, by the server's clock, in world ${why.world}`,
    ...(why.user === undefined ? [] : [`user      ${why.user}`]),
    ...(why.fault === undefined ? [] : [`fault     ${why.fault}`]),
    ...why.records.map(record),
  ]
  return lines.map(printable).join('\n')
}

/** What a world was asked, oldest first, and why it answered so; `total` counts those that are left out as well. */
export function tellTranscript(whys: readonly WhyView[], total: number = whys.length): string {
  if (total === 0) return 'auth-understudy was asked nothing.'
  const some = whys.length < total ? `; these are the latest ${whys.length}` : ''
  const times = total === 1 ? 'once' : `${total} times`
  return [`auth-understudy was asked ${times}${some}:`, ...whys.map((why) => tellWhy(withoutUnchanged(why)))].join(
    '\n\n',
  )
}

/** What was only read is left out: a transcript has many requests that read the same. */
function withoutUnchanged(why: WhyView): WhyView {
  return { ...why, records: why.records.filter(({ changed }) => changed) }
}

function record({ key, before, after, changed }: WhyView['records'][number]): string {
  if (!changed) return `record    ${key}: ${JSON.stringify(before)} (unchanged)`
  if (before === null || after === null)
    return `record    ${key}: ${after === null ? 'deleted' : `new ${JSON.stringify(after)}`}`
  return `record    ${key}: ${difference(before as JsonObject, after as JsonObject)}`
}

function difference(before: JsonObject, after: JsonObject): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const show = (value: Json | undefined): string => JSON.stringify(value) ?? 'nothing'
  return names
    .filter((name) => show(before[name]) !== show(after[name]))
    .map((name) => `${name} ${show(before[name])} → ${show(after[name])}`)
    .join(', ')
}
