import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Badge } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import { FormField } from '../parts/form-field.tsx'
import { countdown } from '../parts/time-left.ts'
import { advance, freeze, toNextEvent, tryChange } from '../model/actions.ts'
import { clock, dayAndTime, now } from '../model/clock.ts'
import { dialog } from '../model/dialogs.ts'
import { useForm } from '../model/form.ts'
import { next, server } from '../model/live.ts'

/** The one clock: what it shows, whether it runs, and how to move it. */
export function ClockBar(): JSX.Element {
  const more = useSignal(false)
  const id = useId()
  const shown = clock.value
  return (
    <section class="clock" aria-label="Clock">
      <div class="now">
        {shown === undefined ? <span class="time">--:--:--</span> : <Now />}
        {shown === undefined ? null : (
          <span class="notes">
            <Badge tone={shown.frozen ? 'info' : 'good'} icon={shown.frozen ? 'pause' : 'play'}>
              {shown.frozen ? 'frozen' : shown.scale === 1 ? 'running' : `running × ${shown.scale}`}
            </Badge>
            {shown.skew === '0s' ? null : <Badge tone="warn">server off by {shown.skew}</Badge>}
          </span>
        )}
      </div>
      <div class="moves">
        <Button icon={shown?.frozen === true ? 'play' : 'pause'} onClick={() => void freeze(shown?.frozen !== true)}>
          {shown?.frozen === true ? 'Run' : 'Freeze'}
        </Button>
        <Button title="One minute on" onClick={() => void advance('1m')}>
          +1 m
        </Button>
        <Button title="Thirty minutes on" onClick={() => void advance('30m')}>
          +30 m
        </Button>
        <NextButton />
        <Button
          look="quiet"
          aria-expanded={more.value}
          aria-controls={id}
          onClick={() => {
            more.value = !more.value
          }}
        >
          Set…
        </Button>
        <Button
          look="quiet"
          title="Has something happen by itself later"
          onClick={() => {
            dialog.value = { kind: 'schedule' }
          }}
        >
          Schedule…
        </Button>
      </div>
      <div id={id} class="more" hidden={!more.value}>
        {more.value ? <MoreMoves /> : null}
      </div>
    </section>
  )
}

function Now(): JSX.Element {
  const { day, time } = dayAndTime(now.value)
  return (
    <time class="time" dateTime={`${day}T${time}Z`} title="The mocked server's time, in GMT">
      <span class="day">{day}</span> {time}
    </time>
  )
}

function NextButton(): JSX.Element {
  const due = next.value
  if (due === undefined) {
    return (
      <Button disabled title="Nothing ends by itself">
        Next event
      </Button>
    )
  }
  return (
    <Button title={`To ${due.at}: ${due.what}`} onClick={() => void toNextEvent()}>
      Next event
      <span class="what">
        <b>{countdown(Date.parse(due.at) - now.value)}</b> {due.what}
      </span>
    </Button>
  )
}

const forms = [
  {
    name: 'Set to',
    example: '2026-01-15T09:00:00Z',
    help: 'an instant, or +2h',
    move: (at: string) => tryChange(() => server.request('POST /clock/set', { body: { at } })),
  },
  {
    name: 'Move by',
    example: '90s',
    help: 'a duration, also a negative one',
    move: (by: string) => tryChange(() => server.request('POST /clock/advance', { body: { by } })),
  },
  {
    name: "Server's clock off by",
    example: '5m',
    help: 'phones keep the right time',
    move: (by: string) => tryChange(() => server.request('POST /clock/skew', { body: { by } })),
  },
  {
    name: 'Speed',
    example: '60',
    help: 'times as fast; 1 is real time',
    move: (text: string) => tryChange(() => server.request('POST /clock/scale', { body: { scale: Number(text) } })),
  },
]

function MoreMoves(): JSX.Element {
  return (
    <>
      {forms.map((each) => (
        <Move key={each.name} {...each} />
      ))}
    </>
  )
}

function Move({ name, example, help, move }: (typeof forms)[number]): JSX.Element {
  const form = useForm([], 'value', (text) => move(text('value')))
  return (
    <form onSubmit={form.onSubmit} onInput={form.onInput}>
      <FormField form={form} name="value" label={name} placeholder={example} required />
      <Button type="submit">OK</Button>
      <span class="help">{help}</span>
    </form>
  )
}
