import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { connection } from './model/live.ts'
import { announcement, dismissWrong } from './model/messages.ts'
import { view } from './model/place.ts'
import { tokenWanted } from './model/token.ts'
import { dialog } from './model/dialogs.ts'
import { onKey } from './model/keys.ts'
import { ClockBar } from './views/clock-bar.tsx'
import { Coming } from './views/coming.tsx'
import { FaultsView } from './views/faults.tsx'
import { Header } from './views/header.tsx'
import { late } from './views/late.tsx'
import { Navigation } from './views/navigation.tsx'
import { OpenDialog } from './views/open-dialog.tsx'
import { RequestsView } from './views/requests.tsx'
import { Restarted } from './views/restarted.tsx'
import { ScriptDialog } from './views/script-dialog.tsx'
import { SequenceView } from './views/sequence.tsx'
import { SettingsView } from './views/settings.tsx'
import { ShareDialog } from './views/share-dialog.tsx'
import { ShortcutsDialog } from './views/shortcuts-dialog.tsx'
import { Toasts } from './views/toasts.tsx'
import { TokenForm } from './views/token-form.tsx'
import { UsersView } from './views/users.tsx'
import { WorldsView } from './views/worlds.tsx'

const contents = {
  users: UsersView,
  requests: RequestsView,
  sequence: SequenceView,
  faults: FaultsView,
  settings: SettingsView,
  worlds: WorldsView,
} as const

// Loaded when somebody asks for them.
const EditDialog = late(async () => (await import('./views/edit-dialog.tsx')).EditDialog)
const ScheduleDialog = late(async () => (await import('./views/schedule-dialog.tsx')).ScheduleDialog)
const AddDialog = late(async () => (await import('./views/people-dialogs.tsx')).AddDialog)
const CloneDialog = late(async () => (await import('./views/people-dialogs.tsx')).CloneDialog)
const ImportDialog = late(async () => (await import('./views/import-dialog.tsx')).ImportDialog)

/** The whole console. */
export function App(): JSX.Element {
  const Content = contents[view.value]
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  useEffect(dismissWrong, [view.value, connection.value])
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      <ClockBar />
      <Coming />
      {connection.value === 'lost' && tokenWanted.value === undefined ? (
        <p class="lost" role="alert">
          The server does not answer. What you see is what it told last; this page looks for it.
        </p>
      ) : null}
      <Restarted />
      <Navigation />
      <main id="main" tabIndex={-1} class={view.value}>
        {tokenWanted.value === undefined ? <Content /> : <TokenForm />}
      </main>
      <p class="for-ears" role="status" aria-live="polite">
        {announcement}
      </p>
      <Toasts />
      <Dialogs />
    </>
  )
}

/** What few people open is a file of its own. */

function Dialogs(): JSX.Element | null {
  const shown = dialog.value
  if (shown === undefined) return null
  if (shown.kind === 'share') return <ShareDialog />
  if (shown.kind === 'script') return <ScriptDialog as={shown.as} />
  if (shown.kind === 'edit') return <EditDialog />
  if (shown.kind === 'open') return <OpenDialog text={shown.text} />
  if (shown.kind === 'schedule') return <ScheduleDialog user={shown.user} />
  if (shown.kind === 'add') return <AddDialog />
  if (shown.kind === 'import') return <ImportDialog />
  return shown.kind === 'clone' ? <CloneDialog {...shown} /> : <ShortcutsDialog />
}

/** By hand, as the fragment names the view. */
function skip(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}
