import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import { tries } from '../support/sample.ts'
import { Actor } from './actor.ts'
import { Victim } from './victim.ts'

const kills = tries('UNDERSTUDY_TEST_KILLS', 10, 200)
const seed = process.env['UNDERSTUDY_TEST_SEED'] ?? '20260115'

const names = ['ann', 'ben', 'cat', 'dan']
const scenario = `
secure-login:
  blockAfter: 1000
  sessionFor: 1000h
  users:
${names.map((name) => `    ${name}: { pin: "910817", displayName: N, emailAddress: n@x }`).join('\n')}
`

test(
  `what was answered survives ${kills} kills at any moment`,
  async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'understudy-kill-'))
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
    writeFileSync(join(cwd, 'kill.yaml'), scenario)
    const random = createRandom(`${seed}:kills`)
    // Two of them in the world main, where they share settings with nobody; two in worlds of their own.
    const actors = names.map((name, index) => {
      return new Actor(name, index === 0 ? 'main' : `world-${index}`, createRandom(`${seed}:${name}`))
    })
    const start = (): Victim => new Victim(cwd, ['kill.yaml', '--state', 'state'])
    let [killedWhileStarting, unfinished, largest] = [0, 0, 0]
    const lost: string[] = []

    for (let count = 0; count <= kills; count++) {
      let victim = start()
      // Some die while they read and rewrite the file.
      const early = count === 0 ? 0 : [0, 0, 0, 0, 1, 2][random.below(6)]
      for (let again = 0; again < (early ?? 0); again++) {
        await new Promise((resolve) => setTimeout(resolve, 60 + random.below(200)))
        await victim.kill()
        killedWhileStarting++
        victim = start()
      }
      if (!(await victim.isReady())) throw new Error(`the server did not start: ${victim.err}`)
      lost.push(...(await Promise.all(actors.map((actor) => actor.missing(victim.url)))).flat())
      if (victim.err.includes('not finished')) unfinished++
      if (/damaged|cannot be used/.test(victim.err)) lost.push(victim.err)
      const acts = Promise.all(actors.map((actor) => actor.act(victim.url)))
      await new Promise((resolve) => setTimeout(resolve, random.below(120)))
      largest = Math.max(largest, statSync(join(cwd, 'state')).size)
      await victim.kill()
      await acts
    }

    const answered = actors.reduce((sum, actor) => sum + actor.answered, 0)
    process.stderr.write(
      `${kills + 1} kills while serving, ${killedWhileStarting} while starting; ${answered} answers remembered, ` +
        `${lost.length} lost; ${unfinished} unfinished last lines; at most ${largest} bytes\n`,
    )
    expect(lost).toEqual([])
    expect(answered).toBeGreaterThan(kills)
    expect(readdirSync(cwd).filter((name) => name.includes('damaged'))).toEqual([])
  },
  120_000 + kills * 20_000,
)
