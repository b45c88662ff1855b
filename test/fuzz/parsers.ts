import { links, pactFiles, targetFiles } from './contract-parsers.ts'
import { controlCalls } from './control-parser.ts'
import { scenarios, snapshots, stateFiles } from './file-parsers.ts'
import type { Parser } from './parser.ts'
import { bodies, headers, targets } from './request-parsers.ts'
import { spellings } from './spelling-parser.ts'

/** Everything that reads what strangers write; whoever adds one adds a line here. */
export const parsers: readonly Parser[] = [
  bodies,
  headers,
  targets,
  scenarios,
  snapshots,
  stateFiles,
  controlCalls,
  targetFiles,
  pactFiles,
  links,
  spellings,
]
