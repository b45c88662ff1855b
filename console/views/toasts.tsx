import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { dismiss, holdOffer, letGo, toasts } from '../model/messages.ts'

/** What worked, for a while; what did not, until it was read. */
export function Toasts(): JSX.Element {
  return (
    <div class="toasts">
      <div role="alert">
        {toasts.value.map(({ id, tone, title, detail, undo }) => (
          <div key={id} class={`toast ${tone}`} {...(undo === undefined ? {} : held(id))}>
            <Icon name={tone === 'good' ? 'check' : 'ban'} />
            <p>
              <strong>{title}</strong>
              {detail === undefined ? null : <span>{detail}</span>}
            </p>
            {undo === undefined ? null : (
              <Button icon="reset" onClick={undo}>
                Undo
              </Button>
            )}
            <IconButton icon="x" label="Dismiss" onClick={() => dismiss(id)} />
          </div>
        ))}
      </div>
    </div>
  )
}

function held(
  id: number,
): Pick<JSX.IntrinsicElements['div'], 'onMouseEnter' | 'onMouseLeave' | 'onFocusIn' | 'onFocusOut'> {
  const [hold, go] = [() => holdOffer(id), () => letGo(id)]
  return { onMouseEnter: hold, onMouseLeave: go, onFocusIn: hold, onFocusOut: go }
}
