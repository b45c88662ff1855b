import type { JSX } from 'preact'
import { Button, IconButton } from '../parts/button.tsx'
import type { IconName } from '../parts/icon.tsx'
import { reset } from '../model/actions.ts'
import { dialog } from '../model/dialogs.ts'
import { state, worlds } from '../model/live.ts'
import { enterWorld, show, worldName } from '../model/place.ts'
import { theme, type Theme } from '../model/preferences.ts'

/** What is played, in which world, and what can be done with all of it. */
export function Header(): JSX.Element {
  const scenario = state.value?.scenario
  return (
    <header class="top">
      <h1>
        <Mark />
        <span class="name">auth-understudy</span>
      </h1>
      <p class="playing">
        {scenario === undefined ? null : (
          <>
            plays{' '}
            <button type="button" class="link" onClick={() => show('worlds')}>
              {scenario.name}
            </button>{' '}
            <span title={scenario.description}>{scenario.description}</span>
          </>
        )}
      </p>
      <div class="actions">
        {worlds.value.length > 1 || worldName.value !== 'main' ? <WorldPicker /> : null}
        <Button icon="reset" title="Starts the scenario again" onClick={() => void reset()}>
          <span class="word">Reset</span>
        </Button>
        <Button
          icon="share"
          look="main"
          onClick={() => {
            dialog.value = { kind: 'share' }
          }}
        >
          Share
        </Button>
        <ThemeButton />
        <IconButton
          icon="help"
          label="Keys"
          onClick={() => {
            dialog.value = { kind: 'shortcuts' }
          }}
        />
      </div>
    </header>
  )
}

function WorldPicker(): JSX.Element {
  const names = new Set([...worlds.value.map(({ name }) => name), worldName.value])
  return (
    <label class="world">
      <span>World</span>
      <select value={worldName.value} onChange={(event) => enterWorld(event.currentTarget.value)}>
        {[...names].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

const themes: { readonly [name in Theme]: { readonly icon: IconName; readonly after: Theme } } = {
  system: { icon: 'half', after: 'light' },
  light: { icon: 'sun', after: 'dark' },
  dark: { icon: 'moon', after: 'system' },
}

function ThemeButton(): JSX.Element {
  const { icon, after } = themes[theme.value]
  return (
    <IconButton
      icon={icon}
      label={`Colours: ${theme.value}`}
      onClick={() => {
        theme.value = after
      }}
    />
  )
}

function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="13" cy="13" r="6" />
      <circle class="second" cx="19" cy="19" r="6" />
    </svg>
  )
}
