import type { CheckFinding, Findings } from '../findings.ts'
import { failureLines } from './words.ts'

/** Findings as JUnit XML, the way CI systems read it: a test case for each check, with a stable name. */
export function toJunit({ target, hint, brokenOff, warnings, startedAt, ms, checks, counts }: Findings): string {
  const words = [hint, brokenOff, ...warnings].filter((line) => line !== undefined)
  const totals = `tests="${checks.length}" failures="${counts.failed}" errors="0" skipped="${counts.notReached}"`
  const attributes = [
    `name="${escape(`${target.title} at ${target.baseUrl}`)}"`,
    totals,
    `time="${seconds(ms)}" timestamp="${startedAt.slice(0, 19)}"`,
  ].join(' ')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="auth-understudy" ${totals} time="${seconds(ms)}">`,
    `  <testsuite ${attributes}>`,
    ...checks.map((check) => testCase(check)),
    ...(words.length === 0 ? [] : [`    <system-err>${escape(words.join('\n'))}</system-err>`]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ id, kind, outcome, because, ms, failures }: CheckFinding): string {
  const open = `    <testcase classname="${escape(id.split('.')[0] ?? id)}.${kind}" name="${escape(id)}" time="${seconds(ms)}"`
  if (outcome === 'passed') return `${open}/>`
  if (outcome === 'differs' || outcome === 'accepted')
    return `${open}><system-out>${escape(failures.flatMap(failureLines).join('\n'))}</system-out></testcase>`
  if (outcome === 'not reached') return `${open}><skipped message="${escape(because ?? '')}"/></testcase>`
  const elements = failures.map(
    (failure) =>
      `      <failure type="${escape(failure.clause)}" message="${escape(failureLines(failure).slice(0, 2).join(' '))}">${escape(failureLines(failure).join('\n'))}</failure>`,
  )
  return [`${open}>`, ...elements, '    </testcase>'].join('\n')
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

/** What XML 1.0 does not allow is left out; the rest is escaped. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
