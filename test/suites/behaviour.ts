import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import type { Host } from '../hosts/host.ts'
import { playOne, type Behaviour } from './play.ts'

/**
 * Plays behaviours on a host, and compares the transcript of each with the one that is committed: so all hosts are
 * compared, wherever they run. UPDATE_TRANSCRIPTS=1 writes them anew.
 */
export function playOn(host: Host, api: string, behaviours: readonly Behaviour[]): void {
  playWith(host.name, api, behaviours, (behaviour) => playOne(host, behaviour))
}

/** The same for a host that is elsewhere, and plays a behaviour when it is asked to. */
export function playWith(
  host: string,
  api: string,
  behaviours: readonly Behaviour[],
  play: (behaviour: Behaviour) => Promise<string[]>,
): void {
  const file = new URL(`../transcripts/${api}.json`, import.meta.url)
  const updating = process.env['UPDATE_TRANSCRIPTS'] === '1'
  const written: Record<string, string[]> = {}
  const expected = updating ? written : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>)

  describe(`${api} on ${host}`, () => {
    for (const behaviour of behaviours) {
      const name = `${behaviour.clauses.join(' ')}: ${behaviour.title}`
      const reason = behaviour.unsuited?.[host]
      const title = `${name}${reason === undefined ? '' : ` (not here: ${reason})`}`
      test.skipIf(reason !== undefined)(title, async () => {
        const transcript = await play(behaviour)
        written[name] = transcript
        expect(transcript).toEqual(expected[name])
      })
    }
    test('every behaviour that was played has a transcript, and every transcript a behaviour', () => {
      const suited = behaviours.filter(({ unsuited }) => unsuited?.[host] === undefined)
      expect(Object.keys(written)).toHaveLength(suited.length)
      const all = behaviours.map(({ clauses, title }) => `${clauses.join(' ')}: ${title}`)
      expect(new Set(all)).toEqual(new Set(updating ? all : Object.keys(expected)))
    })
    afterAll(() => {
      if (updating) writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
    })
  })
}
