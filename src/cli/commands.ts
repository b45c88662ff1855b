import type { Command } from 'commander'
import { apiCommand } from './api.ts'
import { clockCommand } from './clock.ts'
import { coverageCommand } from './coverage.ts'
import { diagnoseCommand } from './diagnose.ts'
import { diffCommand } from './diff.ts'
import { exploreCommand } from './explore.ts'
import { faultCommand } from './fault.ts'
import { historyCommand } from './history.ts'
import { journeyCommand } from './journey.ts'
import { initCommand } from './init.ts'
import { mcpCommand } from './mcp.ts'
import { mutantCommand } from './mutant.ts'
import { openapiCommand } from './openapi.ts'
import { pactCommand } from './pact.ts'
import { recordCommand } from './record.ts'
import { replayCommand } from './replay.ts'
import { completionCommand } from './completion.ts'
import { curlCommand, requestsCommand, whyCommand } from './request.ts'
import { runCommand } from './run.ts'
import { scenarioCommand } from './scenario.ts'
import { scriptCommand } from './script.ts'
import { shareCommand } from './share.ts'
import { shadowCommand } from './shadow.ts'
import { snapshotCommand } from './snapshot.ts'
import { statusCommand } from './status.ts'
import { stopCommand } from './stop.ts'
import { undoCommand } from './undo.ts'
import { userCommand } from './user.ts'
import { verifyCommand } from './verify.ts'
import { resetCommand } from './reset.ts'
import { scheduleCommand } from './schedule.ts'
import { sessionCommand } from './session.ts'
import { worldCommand } from './world.ts'
import type { Shell } from './command.ts'

/** Every command but `serve`, in the order in which help tells them. */
export const commands: readonly ((shell: Shell) => Command)[] = [
  statusCommand,
  stopCommand,
  runCommand,
  scenarioCommand,
  userCommand,
  apiCommand,
  clockCommand,
  faultCommand,
  scheduleCommand,
  mutantCommand,
  snapshotCommand,
  shareCommand,
  scriptCommand,
  worldCommand,
  sessionCommand,
  requestsCommand,
  whyCommand,
  curlCommand,
  resetCommand,
  undoCommand,
  verifyCommand,
  replayCommand,
  diffCommand,
  historyCommand,
  diagnoseCommand,
  shadowCommand,
  recordCommand,
  exploreCommand,
  initCommand,
  coverageCommand,
  pactCommand,
  openapiCommand,
  journeyCommand,
  mcpCommand,
  completionCommand,
]
