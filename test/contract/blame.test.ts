import { describe, expect, it } from 'vitest'
import { blame, clausesOf } from '../../src/contract/playing/blame.ts'
import type { Difference } from '../../src/contract/comparing/difference.ts'
import type { Exchange } from '../../src/contract/playing/exchange.ts'
import type { Kit, AnswerPart } from '../../src/core/kit.ts'

type Rules = Pick<Kit, 'parts' | 'verdicts' | 'headers'>

const none: Rules = { parts: [], headers: [] }
const verdicts: Kit['verdicts'] = [{ where: /^body\.state$/, received: /^"(enter|blocked)"$/ }]

const state = (received: string): Difference => ({ where: 'body.state', how: 'value', expected: '"enter"', received })
const until: Difference = { where: 'body.until', how: 'form', expected: 'an instant', received: '1' }
const status: Difference = { where: 'status', how: 'value', expected: '200', received: '403' }

function exchange(differences: readonly Difference[], shows?: string): Exchange {
  const answered = { status: 200, headers: ['allow', 'GET'], body: '{"state":"enter","blocked":{"until":1}}', at: 0 }
  return {
    step: 0,
    call: { method: 'GET', path: '/', headers: [], body: undefined },
    sent: { do: 'send', method: 'GET', path: '/' },
    meaning: { clause: 'PLAYED', because: '', operation: undefined, user: undefined },
    ...(shows === undefined ? {} : { shows }),
    expected: answered,
    received: answered,
    differences,
  }
}

function blamed(rules: Partial<Rules>, differences: readonly Difference[], shows?: string): string {
  return blame({ ...none, ...rules } as Kit, exchange(differences, shows))
}

describe('what is blamed', () => {
  it('is the clause that the answer plays, if nothing says more', () => {
    expect(blamed({}, [status])).toBe('PLAYED')
    expect(blamed({ verdicts }, [status])).toBe('PLAYED')
  })

  it('is what the step shows, where the server has decided otherwise', () => {
    expect(blamed({ verdicts }, [state('"blocked"')], 'SHOWN')).toBe('SHOWN')
    expect(blamed({ verdicts }, [state('"BLOCKED"')], 'SHOWN')).toBe('PLAYED')
    expect(blamed({ verdicts }, [until, state('"blocked"')], 'SHOWN')).toBe('SHOWN')
  })

  it('is what the step shows whatever differs, where no verdicts are known', () => {
    expect(blamed({}, [status], 'SHOWN')).toBe('SHOWN')
  })

  it.each<[what: string, part: Omit<AnswerPart, 'clause'>, differences: Difference[], clause: string]>([
    ['the place', { where: /until/ }, [until], 'PART'],
    ['another place', { where: /until/ }, [status], 'PLAYED'],
    ['the clause that is played', { of: ['PLAYED'] }, [until], 'PART'],
    ['another clause', { of: ['OTHER'] }, [until], 'PLAYED'],
    ['how it differs', { how: ['form'] }, [until], 'PART'],
    ['another way to differ', { how: ['missing', 'value'] }, [until], 'PLAYED'],
    ['what was expected', { expected: /instant/ }, [until], 'PART'],
    ['what came', { received: /^403$/ }, [status], 'PART'],
    ['something else that came', { received: /^404$/ }, [status], 'PLAYED'],
    ['nothing else, alone', { where: /status/, alone: true }, [status], 'PART'],
    ['nothing else, among others', { where: /status/, alone: true }, [status, until], 'PLAYED'],
    ['a later difference', { where: /until/ }, [status, until], 'PLAYED'],
    ['a later difference, anywhere', { where: /until/, anywhere: true }, [status, until], 'PART'],
  ])('is the clause of a part that asks for %s, or not', (_, part, differences, clause) => {
    expect(blamed({ verdicts, parts: [{ ...part, clause: 'PART' }] }, differences, 'SHOWN')).toBe(clause)
  })

  it('is the first part that fits, before what the step shows', () => {
    const parts = [{ where: /state/, clause: 'FIRST' }, { clause: 'SECOND' }]
    expect(blamed({ verdicts, parts }, [state('"blocked"')], 'SHOWN')).toBe('FIRST')
  })
})

describe('what an answer shows', () => {
  it('is the clauses of its members, to any depth, and of its headers', () => {
    const parts = [
      { where: /^body\.blocked\.until$/, clause: 'DEEP' },
      { where: /^header allow$/, clause: 'HEADER' },
      { where: /^body\.reason$/, clause: 'ABSENT' },
      { of: ['PLAYED'], clause: 'OF' },
      { of: ['OTHER'], clause: 'OF OTHERS' },
    ]
    const shown = clausesOf({ ...none, headers: ['allow'], parts } as unknown as Kit, exchange([], 'SHOWN'))
    expect(shown).toEqual(['PLAYED', 'SHOWN', 'DEEP', 'HEADER', 'OF'])
  })
})
