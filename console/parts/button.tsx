import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from './icon.tsx'

/** A button that says what it does. */
export function Button({
  children,
  icon,
  look = 'plain',
  onClick,
  ...rest
}: {
  readonly children: ComponentChildren
  readonly icon?: IconName
  readonly look?: 'plain' | 'main' | 'quiet'
  readonly onClick?: () => void
} & Pick<JSX.IntrinsicElements['button'], 'disabled' | 'title' | 'aria-expanded' | 'aria-controls'> & {
    readonly type?: 'button' | 'submit'
  }): JSX.Element {
  return (
    <button type="button" class={`button ${look}`} {...rest} {...(onClick === undefined ? {} : { onClick })}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A button with an icon only; what it does is told to whoever points at it or cannot see it. */
export function IconButton({
  icon,
  label,
  onClick,
}: {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
}): JSX.Element {
  return (
    <button type="button" class="button icon-only quiet" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  )
}
