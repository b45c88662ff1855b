import { button, h, showText } from './element.ts'
import type { PanelContext, PanelPart } from './part.ts'

/** The scenario: starting it again, or another one. */
export function scenarioPart({ world, attempt }: PanelContext): PanelPart {
  const about = h('p', { class: 'quiet' })
  const choice = h('select', { 'aria-label': 'Scenario' })
  // What starts scenarios is loaded when somebody looks at this.
  const load = async (): Promise<void> => {
    const { shipped } = await import('../scenario/shipped.ts')
    if (choice.options.length > 0) return
    for (const name of Object.keys(shipped)) choice.append(h('option', { value: name }, name))
    choice.value = world.scenario.name
  }
  const start = async (): Promise<string> => {
    const { loadFor } = await import('../scenario/create-world.ts')
    const { setup } = await loadFor(world, choice.value)
    await world.startScenario(setup)
    return `Scenario ${setup.name} was started`
  }
  const reset = (): string => {
    world.reset()
    return `Scenario ${world.scenario.name} was started again`
  }
  const element = h(
    'details',
    { toggle: () => void load() },
    h('summary', {}, 'Scenario'),
    h(
      'div',
      { class: 'body' },
      about,
      h(
        'div',
        { class: 'row' },
        choice,
        button('start', () => attempt(start)),
        button('reset', () => attempt(reset)),
      ),
    ),
  )
  return { element, update: () => showText(about, `${world.scenario.name}: ${world.scenario.description}`) }
}
