import { signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { formatIssue } from '../../src/core/errors.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { goToPlace, LineEditor } from '../parts/line-editor.tsx'
import { play } from '../model/actions.ts'
import { closeDialog } from '../model/dialogs.ts'
import { server } from '../model/live.ts'
import { worldName } from '../model/place.ts'
import { saveFile } from '../model/save-file.ts'
import { toProblem, type Problem } from '../server/problem.ts'
import type { Shared } from '../server/types.ts'

/** What is being written, for each world: a dialog is closed easily. */
const drafts = signal<ReadonlyMap<string, string>>(new Map())

type Outcome = { readonly problem: Problem } | { readonly description: string }

/** A scenario as a text: the one that is played, to be changed, checked and played. */
export function EditDialog(): JSX.Element {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const outcome = useSignal<Outcome | undefined>(undefined)
  const world = worldName.value
  const text = drafts.value.get(world) ?? ''
  const write = (next: string | undefined): void => {
    const others = [...drafts.value].filter(([name]) => name !== world)
    drafts.value = new Map(next === undefined ? others : [...others, [world, next]])
    outcome.value = undefined
  }
  const fail = (error: unknown): void => {
    outcome.value = { problem: toProblem(error) }
  }
  const begin = async (isWanted: () => boolean): Promise<void> => {
    try {
      const played = await server.request('GET /scenario')
      if (isWanted()) write(played.text)
    } catch (error) {
      fail(error)
    }
  }
  // Somebody may be faster at writing than the server is at answering.
  const isBlank = (): boolean => !drafts.peek().has(world)
  useEffect(() => {
    if (isBlank()) void begin(isBlank)
  }, [])
  const check = async (): Promise<Shared | undefined> => {
    try {
      const shared = await server.request('POST /share/read', { body: { text } })
      // What was written meanwhile has not been looked at.
      if (area.current?.value === text) outcome.value = { description: shared.description }
      return shared
    } catch (error) {
      fail(error)
      return undefined
    }
  }
  const start = async (): Promise<void> => {
    const shared = await check()
    if (shared === undefined || !(await play(shared.world, 'The edited scenario is played'))) return
    write(undefined)
    closeDialog()
  }
  const told = outcome.value
  const wrong = told !== undefined && 'problem' in told ? told.problem : undefined
  return (
    <Dialog title="Edit the scenario" close={closeDialog}>
      <LineEditor
        id={`${id}-text`}
        label="The scenario in YAML"
        text={text}
        marked={new Set(wrong?.issues.flatMap(({ place }) => (place === undefined ? [] : [place.line])))}
        write={write}
        area={area}
        describedBy={`${id}-told`}
      />
      <div id={`${id}-told`} class="told" role="status">
        {wrong === undefined ? null : <Mistakes problem={wrong} area={area} />}
        {told !== undefined && 'description' in told ? <p>Nothing is wrong with it. {told.description}</p> : null}
      </div>
      <div class="buttons">
        <Button onClick={() => void check()}>Check</Button>
        <Button look="main" icon="play" onClick={() => void start()}>
          Play
        </Button>
        <Button icon="download" onClick={() => saveFile('scenario.yaml', 'application/yaml', text)}>
          Download
        </Button>
        <Button icon="reset" onClick={() => void begin(() => true)}>
          What is played
        </Button>
      </div>
      <p class="hint">
        Playing it starts world {world} anew. No file is written: <i>Download</i> gives you one for{' '}
        <code>understudy serve</code>. What it extends is written out; <code>extends</code> may name a shipped scenario.
      </p>
    </Dialog>
  )
}

/** What is wrong, line by line; each leads to its place. */
function Mistakes({
  problem: { title, message, issues },
  area,
}: {
  readonly problem: Problem
  readonly area: { readonly current: HTMLTextAreaElement | null }
}): JSX.Element {
  const placed = issues.flatMap(({ place, ...issue }) => (place === undefined ? [] : [{ place, issue }]))
  if (placed.length === 0) {
    return (
      <p class="refused">
        {title}: {message}
      </p>
    )
  }
  return (
    <ul class="mistakes">
      {placed.map(({ place: { line, column }, issue }) => (
        <li key={`${line}:${column}:${issue.message}`}>
          <button
            type="button"
            class="link"
            onClick={() => {
              if (area.current !== null) goToPlace(area.current, line, column)
            }}
          >
            {line}:{column}
          </button>{' '}
          {formatIssue(issue)}
        </li>
      ))}
    </ul>
  )
}
