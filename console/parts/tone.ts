import type { RequestView } from '../server/types.ts'
import type { IconName } from './icon.tsx'

/** How a state looks: the colour says how far one gets with it, the icon says the same to whoever sees no colours. */
export interface Look {
  readonly tone: Tone
  readonly icon: IconName
}

export type Tone = 'good' | 'info' | 'warn' | 'bad' | 'neutral'

const looks: { readonly [state: string]: Look } = {
  active: { tone: 'good', icon: 'check' },
  authenticated: { tone: 'good', icon: 'check' },
  bypass: { tone: 'good', icon: 'check' },
  live: { tone: 'good', icon: 'check' },
  enter: { tone: 'info', icon: 'key' },
  onboarding: { tone: 'warn', icon: 'user' },
  'two-factor-required': { tone: 'warn', icon: 'user' },
  blocked: { tone: 'bad', icon: 'lock' },
  locked: { tone: 'bad', icon: 'lock' },
  'no-api-access': { tone: 'neutral', icon: 'ban' },
  'no-groups': { tone: 'neutral', icon: 'ban' },
  expired: { tone: 'neutral', icon: 'hourglass' },
}

/** The look of a state of any API; plain for one that is not known here. */
export function lookOf(state: string): Look {
  return looks[state] ?? { tone: 'neutral', icon: 'dot' }
}

/** The tone of an answer: whether it says yes or no, and whether a fault struck it. */
export function toneOfAnswer({ clause, refused, status }: Pick<RequestView, 'clause' | 'refused' | 'status'>): Tone {
  if (clause === 'fault') return 'warn'
  if (refused === true) return 'bad'
  return status < 300 ? 'good' : 'neutral'
}
