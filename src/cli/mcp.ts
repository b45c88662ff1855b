import type { Command } from 'commander'
import { whereNotInstalled } from '../core/not-installed.ts'
import { serverCommand, type Shell } from './command.ts'
import type { ServerOptions } from './server.ts'

const withoutSdk = whereNotInstalled(
  '@modelcontextprotocol/sdk',
  'ERR_NOT_SUPPORTED',
  'Models are spoken to by the SDK of the Model Context Protocol, which is not installed: npm install @modelcontextprotocol/sdk@1',
)

/** `understudy mcp`: the control API as tools of a model. */
export function mcpCommand({ io }: Shell): Command {
  return serverCommand(
    'mcp',
    'gives a model the control API of a running server as tools, on stdin and stdout (Model Context Protocol)',
  ).action(async (options: ServerOptions) => {
    const { serveTools } = await import('./mcp-server.ts').catch(withoutSdk)
    await serveTools(io, options)
  })
}
