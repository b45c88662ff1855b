import type { ComponentChildren, JSX } from 'preact'
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

/** A user's or a session's state. */
export function StateBadge({ state }: { readonly state: string }): JSX.Element {
  const { tone, icon } = lookOf(state)
  return (
    <Badge tone={tone} icon={icon}>
      {state}
    </Badge>
  )
}
