import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { toPatch } from '../../src/control/written-patch.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { FormField } from '../parts/form-field.tsx'
import { FormSelect } from '../parts/form-select.tsx'
import { tryChange } from '../model/actions.ts'
import { closeDialog } from '../model/dialogs.ts'
import { useForm } from '../model/form.ts'
import { apis, server } from '../model/live.ts'
import type { ApiView, FieldView } from '../server/types.ts'

/** Which API's user it is. */
export function ApiSelect({
  form,
  value,
  choose,
}: {
  readonly form: Parameters<typeof FormSelect>[0]['form']
  readonly value: string
  readonly choose: (id: string) => void
}): JSX.Element {
  const words = apis.value.map(({ id, title }) => [id, title] as const)
  return <FormSelect form={form} name="api" label="API" words={words} value={value} choose={choose} />
}

/** Another user, of whom everything may be left to be made up. */
export function AddDialog(): JSX.Element {
  const id = useSignal(apis.value[0]?.id ?? '')
  const api = apis.value.find((each) => each.id === id.value)
  const fields = Object.entries(api?.fields.newUser ?? {}).filter(([, field]) => isOneLine(field))
  const form = useForm(['username', ...fields.map(([name]) => name)], 'username', (text) =>
    tryChange(async () => {
      const pairs = fields.map(([name]) => [name, text(name)] as const).filter(([, written]) => written !== '')
      const user = { username: text('username'), ...toPatch(pairs, api?.fields.newUser ?? {}) }
      await server.request('POST /users', { body: { api: id.value, users: [user] } })
      closeDialog()
    }),
  )
  return (
    <Dialog title="Another user" close={closeDialog}>
      <form class="stacked" onSubmit={form.onSubmit} onInput={form.onInput}>
        <div class="together">
          <FormField form={form} name="username" label="Username" required />
          <ApiSelect
            form={form}
            value={id.value}
            choose={(chosen) => {
              id.value = chosen
            }}
          />
        </div>
        <div class="fields">
          {fields.map(([name, field]) => (
            <NewFact key={`${id.value} ${name}`} form={form} name={name} field={field} />
          ))}
        </div>
        <p class="hint">What is left blank is made up. The user is there until the scenario is started again.</p>
        <Button type="submit" look="main" icon="plus">
          Add
        </Button>
      </form>
    </Dialog>
  )
}

function NewFact({
  form,
  name,
  field,
}: {
  readonly form: ReturnType<typeof useForm>
  readonly name: string
  readonly field: FieldView
}): JSX.Element {
  const words = field.kind === 'boolean' ? [true, false] : field.kind === 'choice' ? (field.choices ?? []) : undefined
  if (words === undefined) return <FormField form={form} name={name} label={name} title={field.about} />
  const offered = [['', 'as usual'] as const, ...words.map((word) => [String(word), String(word)] as const)]
  return <FormSelect form={form} name={name} label={name} words={offered} usual="" />
}

const oneLine = ['text', 'integer', 'number', 'boolean', 'choice', 'duration', 'moment']

/** The rest is written in a scenario, or in a CSV file. */
function isOneLine({ kind }: ApiView['fields']['newUser'][string]): boolean {
  return oneLine.includes(kind)
}

/** Another user who is the same but for the name. */
export function CloneDialog({ api, username }: { readonly api: string; readonly username: string }): JSX.Element {
  const form = useForm(['username'], 'username', (text) =>
    tryChange(async () => {
      const params = { api, username }
      await server.request('POST /users/{api}/{username}/clone', { params, body: { username: text('username') } })
      closeDialog()
    }),
  )
  return (
    <Dialog title={`Another ${username}`} close={closeDialog}>
      <form class="stacked" onSubmit={form.onSubmit} onInput={form.onInput}>
        <FormField form={form} name="username" label="Username of the other" required />
        <p class="hint">The same in everything but the username and the id, sessions apart.</p>
        <Button type="submit" look="main" icon="copy">
          Clone
        </Button>
      </form>
    </Dialog>
  )
}
