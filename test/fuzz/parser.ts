import { UnderstudyError } from '../../src/core/errors.ts'
import { createRandom, type Random } from '../../src/core/random.ts'
import { collectGarbage } from '../support/garbage.ts'
import { mutate } from './mutation.ts'

/** Something that reads what strangers write. */
export interface Parser {
  readonly name: string
  /** Inputs as they should be; every other is made of these. */
  readonly corpus: readonly string[]
  /** Words that mean something to it. */
  readonly words: readonly string[]
  /** Characters an input may have: long ones are slow, and tell little that short ones do not (4000). */
  readonly longest?: number
  /**
   * Gets ready. What comes back reads one input, throws where that is a finding, and tells what came of it: inputs
   * with which something new comes of it are made more of.
   */
  readonly open: () => Promise<(input: string, random: Random) => string | Promise<string>>
}

/** What a refusal is about, without what was in the input; whatever is none of ours is a finding. */
export function signature(error: unknown): string {
  if (!(error instanceof UnderstudyError)) throw error
  if (error.message.length === 0 || error.message.length > 1_000_000) throw new Error('an error that nobody can read')
  const [issue] = error.issues
  return `${error.code} ${(issue?.message ?? '').replaceAll(/"[^"]*"|\d+|`[^`]*`/g, '').slice(0, 60)}`
}

/** What a run found, apart from what it would have thrown. */
export interface FuzzReport {
  readonly inputs: number
  readonly seconds: number
  /** How many different things came of it. */
  readonly outcomes: number
  /** Processor time of the one that took longest. */
  readonly slowestMs: number
  /** Memory at the end over that at a third of the way, garbage collected. */
  readonly growthBytes: number
}

/** Beyond so much time of a processor an input counts as a hang: a hundred times what any needs, whoever else is at work. */
const longestMs = 10_000
const corpusLimit = 400

/** Has a parser read so many inputs. The same seed gives the same ones. */
export async function fuzz(parser: Parser, inputs: number, seed: string): Promise<FuzzReport> {
  // Most inputs end in errors, and where those were made is known.
  Error.stackTraceLimit = 0
  const read = await parser.open()
  const corpus = [...parser.corpus]
  const outcomes = new Set<string>()
  const started = performance.now()
  let slowestMs = 0
  let heap = 0
  for (const input of parser.corpus) outcomes.add(await read(input, createRandom(input)))

  for (let index = 0; index < inputs; index++) {
    const random = createRandom(`${seed}:${parser.name}:${index}`)
    const input = mutate(random, corpus, parser.words).slice(0, parser.longest ?? 4000)
    const before = process.cpuUsage()
    let outcome: string
    try {
      const late = read(input, random)
      outcome = typeof late === 'string' ? late : await late
    } catch (error) {
      throw new Error(`${parser.name}, seed ${seed}, input ${index}: ${JSON.stringify(input)}`, { cause: error })
    }
    const { user, system } = process.cpuUsage(before)
    const ms = (user + system) / 1000
    slowestMs = Math.max(slowestMs, ms)
    if (ms > longestMs) throw new Error(`${parser.name} took ${Math.round(ms)} ms for ${JSON.stringify(input)}`)
    if (!outcomes.has(outcome) && outcomes.size < 5000) {
      outcomes.add(outcome)
      if (corpus.length < corpusLimit) corpus.push(input)
    }
    if (index === Math.floor(inputs / 3)) heap = heldBytes()
    if (index % 500 === 0) await new Promise((resolve) => setImmediate(resolve))
    if (index % 100_000 === 0 && index > 0) process.stderr.write(`${parser.name}: ${index} inputs\n`)
  }
  return {
    inputs,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    outcomes: outcomes.size,
    slowestMs: Math.round(slowestMs),
    growthBytes: heldBytes() - heap,
  }
}

function heldBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
