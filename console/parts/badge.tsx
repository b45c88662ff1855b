import type { ComponentChildren, JSX } from 'preact'
import { metState } from '../../src/core/met-state.ts'
import { Icon, type IconName } from './icon.tsx'
import { lookOf, type Tone } from './tone.ts'

/** A word on a colour. */
export function Badge({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly icon?: IconName
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <span class={`badge ${tone}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  )
}

/** What the next request of a user or a session meets: its state, or what stands before it. */
export function StateBadge(of: { readonly state: string; readonly meets?: string | undefined }): JSX.Element {
  const { tone, icon } = of.meets === undefined ? lookOf(of.state) : { tone: 'neutral' as const, icon: 'ban' as const }
  return (
    <Badge tone={tone} icon={icon}>
      {metState(of)}
    </Badge>
  )
}
