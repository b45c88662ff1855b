import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { FieldFrame } from '../parts/field-frame.tsx'
import { TextEntry } from '../parts/text-entry.tsx'
import { lastingWords, type Lasting, type LastingWord } from '../model/lasting.ts'
import type { ApiView } from '../server/types.ts'

const presets = ['1m', '10m', '30m', '1h', '1d'] as const
const examples: { readonly [word in LastingWord]: string } = { for: 'such as 30m', until: 'such as +30m' }

/** How long a lock lasts: at one click, or as it is written, which the button of the state takes as well. */
export function HowLong({
  api,
  username,
  lock,
  lasting,
}: {
  readonly api: ApiView
  readonly username: string
  readonly lock: string
  readonly lasting: Lasting
}): JSX.Element {
  const id = useId()
  return (
    <>
      <div class="presets" role="group" aria-label={`Set ${username} to ${lock} for`}>
        <span class="word">{lock} for</span>
        {presets.map((preset) => (
          <Button key={preset} onClick={() => void lasting.force(api, username, lock, preset)}>
            {preset}
          </Button>
        ))}
      </div>
      {lastingWords.map((word) => (
        <FieldFrame
          key={word}
          id={`${id}-${word}`}
          name={word}
          kind="duration"
          about={`${api.fields.user[word]?.about}. The button ${lock} takes it.`}
          wrong={lasting.wrong.value.get(word)}
        >
          <TextEntry
            id={`${id}-${word}`}
            text={lasting.written.value[word]}
            isChanged={lasting.written.value[word].trim() !== ''}
            wrong={lasting.wrong.value.get(word)}
            write={(text) => lasting.write(word, text)}
            set={() => void lasting.force(api, username, lock)}
            giveUp={() => lasting.write(word, '')}
            placeholder={examples[word]}
          />
        </FieldFrame>
      ))}
    </>
  )
}
