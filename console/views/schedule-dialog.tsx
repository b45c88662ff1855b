import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { comingMoment } from '../../src/core/coming-moment.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { fromText } from '../parts/field-text.ts'
import { FormField } from '../parts/form-field.tsx'
import { FormSelect } from '../parts/form-select.tsx'
import { tryChange } from '../model/actions.ts'
import { closeDialog } from '../model/dialogs.ts'
import { useForm } from '../model/form.ts'
import { lockOf } from '../model/lasting.ts'
import { apis, server } from '../model/live.ts'
import type { Fields, JsonObject } from '../server/types.ts'

const kinds = [
  ['user', 'a user is put into a state'],
  ['api', 'a setting is changed'],
  ['end', 'sessions end'],
] as const
type Kind = (typeof kinds)[number][0]

const names = ['at', 'user', 'state', 'for', 'api', 'setting', 'value']

/** Has something happen by itself, at a time of the world's clock. */
export function ScheduleDialog({ user }: { readonly user?: string | undefined }): JSX.Element {
  const kind = useSignal<Kind>('user')
  const state = useSignal('blocked')
  const form = useForm(names, kind.value === 'api' ? 'value' : 'at', async (text) =>
    tryChange(async () => {
      const { world } = await server.request('GET /clock')
      const body = { ...toEvent(kind.value, text), at: comingMoment(text('at'), world) }
      await server.request('POST /schedule', { body })
      closeDialog()
    }),
  )
  const states = new Set(apis.value.flatMap(({ fields }) => fields.states.filter((word) => word !== 'expired')))
  const isLock = apis.value.some((api) => lockOf(api) === state.value)
  return (
    <Dialog title="What is to come" close={closeDialog}>
      <form class="stacked" onSubmit={form.onSubmit} onInput={form.onInput}>
        <FormSelect
          form={form}
          name="kind"
          label="What happens"
          words={kinds}
          value={kind.value}
          choose={(word) => {
            kind.value = word as Kind
          }}
        />
        {kind.value === 'api' ? (
          <SettingFields form={form} />
        ) : (
          <FormField
            form={form}
            name="user"
            label="User"
            defaultValue={user ?? ''}
            {...(kind.value === 'user' ? { required: true } : { placeholder: 'everybody' })}
          />
        )}
        {kind.value === 'user' ? (
          <div class="together">
            <FormSelect
              form={form}
              name="state"
              label="State"
              words={[...states].map((word) => [word, word])}
              value={state.value}
              choose={(word) => {
                state.value = word
              }}
            />
            {isLock ? <FormField form={form} name="for" label="For" placeholder="such as 2m" /> : null}
          </div>
        ) : null}
        <FormField form={form} name="at" label="When" placeholder="such as 10s" required />
        <p class="hint">
          In so long, such as <code>10s</code> or <code>2m</code>; at <code>09:05</code> by the world's clock, in GMT;
          or an instant, <code>2026-01-15T09:05:00Z</code>.
        </p>
        <Button type="submit" look="main" icon="plus">
          Schedule it
        </Button>
      </form>
    </Dialog>
  )
}

/** A setting of an API, and what it is to be. */
function SettingFields({ form }: { readonly form: ReturnType<typeof useForm> }): JSX.Element {
  const api = useSignal(apis.value[0]?.id ?? '')
  const name = useSignal('')
  const fields = plainOf(api.value)
  const headline = Object.keys(fields).find((each) => fields[each]?.headline !== undefined)
  const chosen = name.value in fields ? name.value : (headline ?? Object.keys(fields)[0] ?? '')
  const field = fields[chosen]
  const now = apis.value.find(({ id }) => id === api.value)?.settings[chosen]
  const words = field?.kind === 'boolean' ? ['true', 'false'] : field?.kind === 'choice' ? field.choices : undefined
  return (
    <div class="together">
      <FormSelect
        form={form}
        name="api"
        label="API"
        words={apis.value.map(({ id, title }) => [id, title])}
        value={api.value}
        choose={(word) => {
          api.value = word
        }}
      />
      <FormSelect
        form={form}
        name="setting"
        label="Setting"
        words={Object.keys(fields).map((word) => [word, word])}
        value={chosen}
        choose={(word) => {
          name.value = word
        }}
      />
      {words === undefined ? (
        <FormField key={chosen} form={form} name="value" label="To" placeholder={String(now ?? '')} required />
      ) : (
        <FormSelect
          key={chosen}
          form={form}
          name="value"
          label="To"
          words={words.map((word) => [word, word])}
          // What it is already nobody waits for.
          usual={words.find((word) => word !== String(now)) ?? ''}
        />
      )}
    </div>
  )
}

/** The settings that one line can write. */
function plainOf(id: string): Fields {
  const fields = apis.value.find((api) => api.id === id)?.fields.settings ?? {}
  const plain = ['boolean', 'choice', 'text', 'integer', 'number', 'duration', 'moment']
  return Object.fromEntries(
    Object.entries(fields).filter(([, field]) => plain.includes(field.kind) && field.secret !== true),
  )
}

function toEvent(kind: Kind, text: (name: string) => string): JsonObject {
  const user = text('user') === '' ? {} : { user: text('user') }
  if (kind === 'end') return { end: 'sessions', ...user }
  if (kind === 'user') {
    const lasts = text('for') === '' ? {} : { for: text('for') }
    return { ...user, set: { state: text('state'), ...lasts } }
  }
  const [api, setting, written] = [text('api'), text('setting'), text('value')]
  const field = plainOf(api)[setting]
  if (field?.kind === 'boolean') return { api, set: { [setting]: written === 'true' } }
  // What means nothing is sent as it is: the server says what it takes.
  return { api, set: { [setting]: field === undefined ? written : (fromText(field, written).value ?? written) } }
}
