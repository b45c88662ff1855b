import type { ComponentChildren, JSX } from 'preact'
import { Badge } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { RecordChanges } from '../parts/record-changes.tsx'
import { useAsked } from '../model/asked.ts'
import { copy } from '../model/copy.ts'
import { lints, server } from '../model/live.ts'
import { act } from '../model/messages.ts'
import { linkToRequest } from '../model/place.ts'
import type { LintView, MessageView, WhyView } from '../server/types.ts'

/** One request in full: what was asked and answered, by which clause and why, and what it changed. */
export function RequestDetails({ id }: { readonly id: string }): JSX.Element {
  const { value, wrong } = useAsked(
    () =>
      Promise.all([
        server.request('GET /requests/{id}', { params: { id } }),
        server.request('GET /requests/{id}/why', { params: { id } }),
      ]),
    [id],
  )
  if (value === undefined) return <Empty>{wrong ?? '…'}</Empty>
  const [exchange, why] = value
  return (
    <>
      <Why why={why} />
      <div class="buttons">
        <Button icon="copy" onClick={() => void copyCurl(id)}>
          Copy as curl
        </Button>
        <Button icon="share" onClick={() => void copy(linkToRequest(id), 'The link')}>
          Copy the link
        </Button>
      </div>
      <Broken lints={lints.value.get(id) ?? []} />
      <div class="messages">
        <Message
          title={`Request ${exchange.id}`}
          line={`${exchange.method} ${exchange.path}`}
          message={exchange.request}
        >
          from {exchange.address}
        </Message>
        <Message title="Answer" line={`${exchange.status}`} message={exchange.reply} />
      </div>
      <h3>State before and after</h3>
      {why.records.length === 0 ? <Empty>It looked at no records, and changed none.</Empty> : null}
      {why.records.map((record) => (
        <RecordChanges
          key={record.key}
          name={record.key}
          before={record.before}
          after={record.after}
          changed={record.changed}
        />
      ))}
    </>
  )
}

async function copyCurl(id: string): Promise<void> {
  // As the tools of browsers do: whoever copies it pastes it on this machine.
  const shell = navigator.userAgent.includes('Windows') ? 'powershell' : 'posix'
  await act(async () => {
    const { line } = await server.request('GET /requests/{id}/curl', { params: { id }, query: { shell } })
    await copy(line, 'The request')
  })
}

/** What the app did against the rules of the API. */
function Broken({ lints: broken }: { readonly lints: readonly LintView[] }): JSX.Element | null {
  if (broken.length === 0) return null
  return (
    <div class="broken">
      <h3>What the app does against the contract</h3>
      {broken.map(({ id, clause, sentence, mend }) => (
        <p key={`${id} ${clause}`}>
          <Badge tone="warn">{id}</Badge> {sentence} <b>{clause}</b>. {mend}
        </p>
      ))}
    </div>
  )
}

function Why({ why }: { readonly why: WhyView }): JSX.Element {
  const { rule, because, fault } = why
  return (
    <div class="why">
      <h3>Why</h3>
      <p class="because">{because}</p>
      {fault === undefined ? null : (
        <p>
          <Badge tone="warn">fault</Badge> {fault}
        </p>
      )}
      <p>
        <b>{rule.id}</b> {rule.text} <Badge tone={rule.origin === 'assumed' ? 'warn' : 'neutral'}>{rule.origin}</Badge>
      </p>
      {rule.choice === undefined ? null : (
        <p class="choice">
          Chosen here: {rule.choice}
          {rule.setting === undefined ? '' : ` (setting ${rule.setting})`}
        </p>
      )}
    </div>
  )
}

function Message({
  title,
  line,
  message,
  children,
}: {
  readonly title: string
  readonly line: string
  readonly message: MessageView
  readonly children?: ComponentChildren
}): JSX.Element {
  return (
    <section class="message">
      <h3>
        {title} <small>{children}</small>
      </h3>
      <pre>
        <b>{line}</b>
        {'\n'}
        {message.headers.map(([name, value], index) => (
          <span key={index}>
            <i>{name}:</i> {value}
            {'\n'}
          </span>
        ))}
        {message.body === undefined ? null : `\n${pretty(message.body)}`}
      </pre>
    </section>
  )
}

function pretty(body: string): string {
  try {
    return /^\s*[[{]/.test(body) ? JSON.stringify(JSON.parse(body), null, 2) : body
  } catch {
    return body
  }
}
