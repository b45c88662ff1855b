import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { secureLoginCompany } from '../contract/company.ts'
import { serveMock, type Mock } from '../contract/servers.ts'
import { Terminal } from './terminal.ts'

const { accounts } = secureLoginCompany

/** A terminal with a target file, for the mock with states and clock unless it says otherwise. */
export async function prepare(more: object = {}, mock?: Mock): Promise<{ terminal: Terminal; mock: Mock }> {
  const served = mock ?? (await serveMock())
  const { url, states, clock } = served
  const terminal = new Terminal()
  const target = { api: 'secure-login', baseUrl: `${url}/jira`, accounts, states, clock, ...more }
  writeFileSync(join(terminal.cwd, 'target.yaml'), stringify(target))
  return { terminal, mock: served }
}

/** A file that a command has written. */
export const read = ({ cwd }: Terminal, ...path: readonly string[]): string => readFileSync(join(cwd, ...path), 'utf8')
