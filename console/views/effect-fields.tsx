import type { JSX } from 'preact'
import { effectList } from '../../src/core/effects.ts'
import { effectFieldAt, writtenEffect } from '../../src/core/written-effect.ts'
import { merge } from '../../src/scenario/merge.ts'
import { Button } from '../parts/button.tsx'
import { FormField } from '../parts/form-field.tsx'
import type { Form } from '../model/form.ts'
import type { JsonObject } from '../server/types.ts'

/** What can happen, one after the other. */
const offers = effectList.flatMap(([name, effect]) => effect.offers.map((offer) => ({ name, effect, ...offer })))

const late = offers.findIndex(({ name }) => name === 'delay')

type Offer = (typeof offers)[number]

/** What else can be said of an effect than what is offered first, such as the body beside a status. */
function furtherOf({ name, effect, at }: Offer): readonly { readonly field: string; readonly at: readonly string[] }[] {
  return effect.options
    .filter((option) => option.at.length > 0 && option.at.join('.') !== at.join('.'))
    .map((option) => ({ field: `${name}.${option.at.join('.')}`, at: option.at }))
}

/** The part of a fault that a chosen effect is, by what the form holds. */
export function readEffect(index: number, text: (name: string) => string): JsonObject {
  const offer = offers[index]
  if (offer === undefined) return {}
  const first = writtenEffect(offer.name, offer.at, 'value' in offer ? offer.value : text(offer.name))
  return furtherOf(offer)
    .filter(({ field }) => text(field) !== '')
    .map(({ field, at }) => writtenEffect(offer.name, at, text(field)))
    .reduce(merge, first)
}

/** What happens to an answer: one effect, or several. */
export function EffectFields({
  form,
  chosen,
  choose,
}: {
  readonly form: Form
  /** The effects, by their places in the list of offers. */
  readonly chosen: readonly number[]
  readonly choose: (next: readonly number[]) => void
}): JSX.Element {
  const taken = chosen.map((index) => offers[index]?.name)
  // Most often an answer is late besides.
  const free = [late, ...offers.keys()].find((index) => !taken.includes(offers[index]?.name)) ?? -1
  return (
    <>
      {chosen.map((index, row) => {
        const offer = offers[index]
        if (offer === undefined) return null
        return (
          <div key={row} class="effect stacked">
            <label>
              <span>{row === 0 ? 'What happens' : 'And'}</span>
              <select
                value={index}
                onChange={(event) => {
                  const next = Number(event.currentTarget.value)
                  choose(chosen.map((each, at) => (at === row ? next : each)))
                }}
              >
                {offers.map(({ name, words }, each) => (
                  <option key={words} value={each} disabled={name !== offer.name && taken.includes(name)}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            <div class="together">
              {'value' in offer ? null : (
                <FormField
                  key={offer.words}
                  form={form}
                  name={offer.name}
                  label={offer.label}
                  required
                  defaultValue={offer.usual}
                />
              )}
              {furtherOf(offer).map(({ field, at }) => (
                <FormField
                  key={field}
                  form={form}
                  name={field}
                  label={at.at(-1) ?? ''}
                  title={effectFieldAt(offer.name, at)?.about ?? ''}
                  placeholder="as usual"
                />
              ))}
            </div>
          </div>
        )
      })}
      <p class="buttons">
        {free < 0 ? null : <Button onClick={() => choose([...chosen, free])}>And…</Button>}
        {chosen.length === 1 ? null : <Button onClick={() => choose(chosen.slice(0, -1))}>Not that</Button>}
      </p>
    </>
  )
}
