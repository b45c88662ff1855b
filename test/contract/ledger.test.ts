import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AttemptLedger } from '../../src/contract/playing/ledger.ts'
import { newDirectory } from './bench.ts'

const minute = 60_000
const newFile = (): string => join(newDirectory(), 'state', 'attempts.jsonl')

describe('the ledger', () => {
  it('remembers attempts from run to run, for as long as they may count', () => {
    const file = newFile()
    new AttemptLedger(file).note('qa', 2, 0)
    const later = new AttemptLedger(file)
    expect(later.seen('qa', 30 * minute, minute)).toEqual({ counting: 2, open: 2 })
    expect(later.seen('somebody', 30 * minute, minute)).toEqual({ counting: 0, open: 0 })
    expect(later.seen('qa', 30 * minute, 900 * minute)).toEqual({ counting: 2, open: 2 })
    later.clear('qa')
    expect(later.seen('qa', 30 * minute, minute)).toEqual({ counting: 2, open: 0 })
    expect(later.freeAt('qa', 30 * minute, minute)).toBe(30 * minute)
    expect(later.seen('qa', 30 * minute, 30 * minute)).toEqual({ counting: 0, open: 0 })
  })

  it('takes back the latest, and forgets all', () => {
    const ledger = new AttemptLedger(newFile())
    ledger.note('qa', 3, 0)
    ledger.takeBack('qa', 2)
    expect(ledger.seen('qa', minute, 1)).toEqual({ counting: 1, open: 1 })
    ledger.lock('qa', undefined, 'a journey')
    ledger.forget('qa')
    expect([ledger.seen('qa', minute, 1), ledger.lockOf('qa')]).toEqual([{ counting: 0, open: 0 }, undefined])
  })

  it('remembers locks until they are taken off', () => {
    const file = newFile()
    new AttemptLedger(file).lock('qa', 5000, 'secure-login.lockout')
    const later = new AttemptLedger(file)
    expect(later.lockOf('qa')).toEqual({ until: 5000, by: 'secure-login.lockout' })
    later.unlock('qa')
    expect(new AttemptLedger(file).lockOf('qa')).toBeUndefined()
  })

  it('sees what another run notes at the same time, whatever comes in between', () => {
    const step = fc.record({ run: fc.nat(2), what: fc.constantFrom('note', 'take back', 'clear', 'forget', 'count') })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const file = newFile()
        const runs = [0, 1, 2].map(() => new AttemptLedger(file))
        let [counting, open] = [0, 0]
        for (const { run, what } of steps) {
          const ledger = runs[run] as AttemptLedger
          if (what === 'note') {
            ledger.note('qa', 1, 0)
            counting++
            open++
          } else if (what === 'take back' && open > 0) {
            ledger.takeBack('qa', 1)
            counting--
            open--
          } else if (what === 'clear') {
            ledger.clear('qa')
            open = 0
          } else if (what === 'forget') {
            ledger.forget('qa')
            counting = 0
            open = 0
          }
          expect(ledger.seen('qa', minute, 1)).toEqual({ counting, open })
        }
      }),
      { numRuns: 30 },
    )
  })

  it('begins anew where somebody has deleted the file', () => {
    const file = newFile()
    const ledger = new AttemptLedger(file)
    ledger.note('qa', 3, 0)
    expect(ledger.seen('qa', minute, 1).counting).toBe(3)
    rmSync(file)
    expect(ledger.seen('qa', minute, 1).counting).toBe(0)
    ledger.note('qa', 1, 0)
    expect(ledger.seen('qa', minute, 1).counting).toBe(1)
  })

  it('is not taken for empty where it cannot be read', () => {
    const file = newFile()
    const ledger = new AttemptLedger(file)
    ledger.note('qa', 1, 0)
    appendFileSync(file, '{"account":"q')
    expect(ledger.seen('qa', minute, 1).counting).toBe(1)
    appendFileSync(file, '{"account":"qa","at":1}\n')
    expect(() => ledger.seen('qa', minute, 1)).toThrow(/cannot be read: it has the line .* Delete it if no account/)
    const other = join(newDirectory(), 'attempts.jsonl')
    writeFileSync(other, '[]\n')
    expect(() => new AttemptLedger(other).seen('qa', minute, 1)).toThrow(/it has the line \[\]/)
    expect(() => new AttemptLedger(newDirectory()).seen('qa', minute, 1)).toThrow(/cannot be read: EISDIR/)
  })
})
