import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { understudy } from './contestants.js'
import { load } from './load.js'
import { ratio } from './statistics.js'

/** The same requests with ever more users; what a crowd costs until it is touched. */
export async function crowds({ rounds, seconds, say }) {
  const sizes = [10, 1000, 100_000, 1_000_000]
  const contestants = sizes.map((size) => ({ size, server: understudy([scenarioWith(size)]) }))
  const found = []
  try {
    for (const entry of contestants) {
      entry.startMs = await entry.server.start()
      await entry.server.signIn()
      await load(entry.server, 'user', { connections: 10, seconds: 1 })
    }
    for (let round = 0; round < rounds; round++) {
      say(`crowds, round ${round + 1} of ${rounds}`)
      for (const entry of contestants) {
        entry.samples = [...(entry.samples ?? []), await load(entry.server, 'user', { connections: 10, seconds })]
      }
    }
    const base = contestants[0].samples.map(({ rate }) => rate)
    for (const { size, server, startMs, samples } of contestants) {
      found.push({
        size,
        startMs,
        peakMemory: server.peakMemory(),
        cost: ratio(
          base,
          samples.map(({ rate }) => rate),
        ),
      })
    }
    return found
  } finally {
    for (const { server } of contestants) await server.stop()
  }
}

function scenarioWith(size) {
  const file = join(mkdtempSync(join(tmpdir(), 'understudy-bench-')), `crowd-${size}.yaml`)
  const alice = 'alice: { state: enter, pin: "910817" }'
  writeFileSync(file, `description: ${size} users\nsecure-login:\n  crowd: ${size - 1}\n  users: { ${alice} }\n`)
  return file
}
