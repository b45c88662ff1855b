import type { JSX } from 'preact'
import type { Json, JsonObject } from '../server/types.ts'

/** A record before and after a request: what changed stands out, what did not can be looked at. */
export function RecordChanges({
  name,
  before,
  after,
  changed,
}: {
  readonly name: string
  readonly before: Json
  readonly after: Json
  readonly changed: boolean
}): JSX.Element {
  const members = [...new Set([...Object.keys(toObject(before)), ...Object.keys(toObject(after))])]
  const [old, next] = [toObject(before), toObject(after)]
  const different = members.filter((member) => show(old[member]) !== show(next[member]))
  const same = members.filter((member) => !different.includes(member))
  return (
    <div class={changed ? 'record changed' : 'record'}>
      <p class="key">
        <code>{name}</code> {wordFor(before, after, changed)}
      </p>
      {different.length === 0 ? null : (
        <table>
          <thead class="for-ears">
            <tr>
              <th scope="col">member</th>
              <th scope="col">before</th>
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            {different.map((member) => (
              <tr key={member}>
                <th scope="row">{member}</th>
                <td class="old">{show(old[member])}</td>
                <td class="new">{show(next[member])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {same.length === 0 ? null : (
        <details>
          <summary>
            {same.length} {same.length === 1 ? 'member' : 'members'} {different.length === 0 ? '' : 'more, '}unchanged
          </summary>
          <dl>
            {same.map((member) => (
              <div key={member}>
                <dt>{member}</dt>
                <dd>{show(next[member])}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

function wordFor(before: Json, after: Json, changed: boolean): string {
  if (before === null) return after === null ? 'was not there' : 'is new'
  if (after === null) return 'was removed'
  return changed ? 'has changed' : 'was read'
}

function toObject(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  return value === null ? {} : { value }
}

function show(value: Json | undefined): string {
  if (value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
