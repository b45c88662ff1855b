// What faults can do, for the reference page of scenario files.
import { effectList } from '../dist/core/effects.js'
import { kindOf, table } from './tables.js'

/** What faults can do: the effects, in the order in which they are done. */
export function faultLines(apis) {
  const rows = effectList.map(([, effect]) => {
    const { field, example, replaces, options } = effect
    return [
      `\`${example}\``,
      field.about,
      options.map(({ flags }) => `\`${flags}\``).join(', '),
      workOf(effect),
      replaces ? 'no' : 'yes',
    ]
  })
  const forms = apis.flatMap((api) => {
    const told = new Map()
    for (const { id } of api.operations) {
      const form = api.errorForm?.(id)
      if (form !== undefined) told.set(form, [...(told.get(form) ?? []), `\`${api.id}.${id}\``])
    }
    return [...told].map(([{ fields }, ids]) => [
      ids.join(', '),
      Object.entries(fields)
        .map(([name, field]) => `\`${name}\`: ${field.about}${field.kind === 'choice' ? ` (${kindOf(field)})` : ''}`)
        .join('; '),
    ])
  })
  return [
    '## What faults do',
    '',
    'What stands further up is done first, what `break` does last. The last columns say whether the server has done its work,',
    'where `processed` says nothing, and whether the answer still counts for its clause in the journal, in coverage and in pacts.',
    '',
    table(['written', 'what it does', '`understudy fault add`', 'work done', 'counts'], rows),
    '',
    'A fault that does nothing is refused. So is `error` where the answers of an operation have no form for errors; these have:',
    '',
    table(['operations', 'what an error says'], forms),
    '',
  ]
}

function workOf({ field, precedesWork }) {
  const values = field.kind === 'choice' ? field.choices : [undefined]
  const before = values.filter((value) => precedesWork(value))
  if (before.length === 0) return 'yes'
  return before.length === values.length ? 'no' : `not for ${before.map((word) => `\`${word}\``).join(', ')}`
}
