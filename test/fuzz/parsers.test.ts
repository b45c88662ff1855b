import { expect, test } from 'vitest'
import { tries } from '../support/sample.ts'
import { fuzz } from './parser.ts'
import { parsers } from './parsers.ts'

const inputs = tries('UNDERSTUDY_TEST_INPUTS', 2500, 1_000_000)
const seed = process.env['UNDERSTUDY_TEST_SEED'] ?? '20260115'

test.each(parsers.map((parser) => ({ title: parser.name, parser })))(
  `$title: ${inputs} inputs bring no crash, no 500, no hang, and no more memory`,
  async ({ parser }) => {
    const report = await fuzz(parser, inputs, seed)
    process.stderr.write(`${parser.name}: ${JSON.stringify(report)}\n`)
    // Not everything came to the same end, or hardly anything was tried.
    expect(report.outcomes).toBeGreaterThan(3)
    expect(report.growthBytes).toBeLessThan(20_000_000)
  },
  120_000 + inputs * 10,
)
