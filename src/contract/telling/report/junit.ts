import { markup } from '../../../core/markup.ts'
import type { CheckFinding, Findings } from '../findings.ts'
import { failureLines } from './words.ts'

/** Findings as JUnit XML, the way CI systems read it: a test case for each check, with a stable name. */
export function toJunit({ target, hint, brokenOff, warnings, startedAt, ms, checks, counts }: Findings): string {
  const words = [hint, brokenOff, ...warnings].filter((line) => line !== undefined)
  const totals = `tests="${checks.length}" failures="${counts.failed}" errors="0" skipped="${counts.notReached}"`
  const attributes = [
    `name="${markup(`${target.title} at ${target.baseUrl}`)}"`,
    totals,
    `time="${seconds(ms)}" timestamp="${startedAt.slice(0, 19)}"`,
  ].join(' ')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="auth-understudy" ${totals} time="${seconds(ms)}">`,
    `  <testsuite ${attributes}>`,
    ...checks.map((check) => testCase(check)),
    ...(words.length === 0 ? [] : [`    <system-err>${markup(words.join('\n'))}</system-err>`]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ id, kind, outcome, because, ms, failures }: CheckFinding): string {
  const open = `    <testcase classname="${markup(id.split('.')[0] ?? id)}.${kind}" name="${markup(id)}" time="${seconds(ms)}"`
  if (outcome === 'passed') return `${open}/>`
  if (outcome === 'differs' || outcome === 'accepted')
    return `${open}><system-out>${markup(failures.flatMap(failureLines).join('\n'))}</system-out></testcase>`
  if (outcome === 'not reached') return `${open}><skipped message="${markup(because ?? '')}"/></testcase>`
  const elements = failures.map(
    (failure) =>
      `      <failure type="${markup(failure.clause)}" message="${markup(failureLines(failure).slice(0, 2).join(' '))}">${markup(failureLines(failure).join('\n'))}</failure>`,
  )
  return [`${open}>`, ...elements, '    </testcase>'].join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
