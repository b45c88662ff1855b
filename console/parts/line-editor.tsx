import type { JSX, RefObject } from 'preact'
import { useRef } from 'preact/hooks'

/** A text of several lines with their numbers, of which some are marked. */
export function LineEditor({
  id,
  label,
  text,
  marked,
  write,
  area,
  describedBy,
}: {
  readonly id: string
  readonly label: string
  readonly text: string
  /** Numbers of lines in which something is wrong. */
  readonly marked: ReadonlySet<number>
  readonly write: (text: string) => void
  readonly area: RefObject<HTMLTextAreaElement | null>
  readonly describedBy: string
}): JSX.Element {
  const numbers = useRef<HTMLPreElement>(null)
  return (
    <div class="line-editor">
      <pre ref={numbers} class="numbers" aria-hidden="true">
        {numbered(text.split('\n').length, marked)}
      </pre>
      <textarea
        ref={area}
        id={id}
        aria-label={label}
        aria-invalid={marked.size > 0}
        aria-describedby={describedBy}
        wrap="off"
        rows={18}
        spellcheck={false}
        autocomplete="off"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (numbers.current !== null) numbers.current.scrollTop = currentTarget.scrollTop
        }}
      />
    </div>
  )
}

/** The numbers as few texts: there may be ten thousand lines. */
function numbered(count: number, marked: ReadonlySet<number>): (string | JSX.Element)[] {
  const parts: (string | JSX.Element)[] = []
  let plain = ''
  for (let line = 1; line <= count; line++) {
    if (marked.has(line)) {
      parts.push(plain, <b key={line}>{`▸${line}`}</b>)
      plain = '\n'
    } else plain += `${line}\n`
  }
  return [...parts, plain]
}

/** Puts the cursor of a text into a line, and shows it. */
export function goToPlace(area: HTMLTextAreaElement, line: number, column: number): void {
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const at = start + Math.min(column - 1, lines[line - 1]?.length ?? 0)
  area.focus()
  area.setSelectionRange(at, at)
  area.scrollTo({ top: Math.max(0, (line - 4) * Number.parseFloat(getComputedStyle(area).lineHeight)) })
}
