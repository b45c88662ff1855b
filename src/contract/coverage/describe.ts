import { isVarying, type Interaction, type Text } from '../../core/interaction.ts'

/** An interaction, and the clause that its answer plays. */
export interface DescribedInteraction {
  readonly clause: string
  readonly interaction: Interaction
}

/** An interaction by the name that pacts and reports have for it. */
export interface Described extends DescribedInteraction {
  readonly description: string
}

/**
 * Gives each interaction a description of its own that begins with its clause, and puts them in that order. Those with
 * the same title are told apart by that in which they differ.
 */
export function describeAll(told: readonly DescribedInteraction[]): readonly Described[] {
  const groups = new Map<string, DescribedInteraction[]>()
  for (const each of told) {
    const name = `${each.clause} ${each.interaction.title}`
    groups.set(name, [...(groups.get(name) ?? []), each])
  }
  const described = [...groups].flatMap(([name, group]) => tellApart(name, group))
  return described.sort((one, other) => (one.description < other.description ? -1 : 1))
}

function tellApart(name: string, group: readonly DescribedInteraction[]): Described[] {
  if (group.length === 1) return group.map((each) => ({ ...each, description: name }))
  const differing = aspects.filter((aspect) => new Set(group.map(({ interaction }) => aspect(interaction))).size > 1)
  const seen = new Map<string, number>()
  return group.map((each) => {
    const marks = differing.map((aspect) => aspect(each.interaction)).filter((mark) => mark !== '')
    const description = marks.length === 0 ? name : `${name} (${marks.join(', ')})`
    const count = (seen.get(description) ?? 0) + 1
    seen.set(description, count)
    return { ...each, description: count === 1 ? description : `${description} ${count}` }
  })
}

/** In what interactions of the same title may differ, in words. */
const aspects: readonly ((interaction: Interaction) => string)[] = [
  ({ request }) => request.method,
  ({ request }) => example(request.path),
  ({ request }) => {
    const pairs = Object.entries(request.query).map(([name, text]) => `${name}=${example(text)}`)
    return pairs.length === 0 ? '' : `?${pairs.join('&')}`
  },
  ({ request }) => {
    const type = request.headers['Content-Type']
    return type === undefined ? '' : example(type)
  },
  ({ request: { body } }) => (typeof body === 'object' && body !== null && !isVarying(body) ? members(body) : ''),
  ({ states }) => states.map(({ name }) => name).join(' and '),
  ({ states }) => states.flatMap(({ params }) => Object.entries(params).flatMap(facts)).join(' and '),
  ({ response }) => String(response.status),
]

/** Params that tell what somebody is, not who or by which credentials. */
function facts([name, value]: readonly [string, unknown]): string[] {
  return ['username', 'password', 'pin', 'code', 'token'].includes(name) ? [] : [`${name} ${String(value)}`]
}

function members(body: object): string {
  const names = Object.keys(body)
  return names.length === 0 ? 'with nothing' : `with ${names.join(' and ')}`
}

function example(text: Text): string {
  return isVarying(text) ? String(text.example) : text
}
