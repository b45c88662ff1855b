import { setImmediate as turn } from 'node:timers/promises'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type ListToolsResult,
} from '@modelcontextprotocol/sdk/types.js'
import type { ControlRequest } from '../control/client.ts'
import { controlRoutes } from '../control/routes.ts'
import { toolsOf, type Tool } from '../control/tools.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { version } from '../core/version.ts'
import { ours } from './apis.ts'
import { explain } from './explain.ts'
import type { Io } from './io.ts'
import { findServer, type RunningServer, type ServerOptions } from './server.ts'

const instructions = [
  'A mock server for authentication APIs runs beside an app under test; these tools look at its world and change it at once.',
  'To find out why an app was refused: getRequests, then getRequestsIdWhy with the id of a request, and getState for settings and faults.',
  'putUsersUsername forces a state on a user, patchApisApi changes settings, postClockAdvance moves the clock, postReset starts again.',
].join('\n')

/** Serves the tools until the other side ends, or somebody interrupts. The server is looked for at each call. */
export async function serveTools({ ask: _nobody, ...io }: Io, options: ServerOptions): Promise<void> {
  const tools = toolsOf(controlRoutes, ours)
  const server = new Server({ name: 'auth-understudy', version }, { capabilities: { tools: {} }, instructions })
  const calls = new Set<Promise<CallToolResult>>()
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(asListed) }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    // It came in as JSON.
    const given = (params.arguments ?? {}) as JsonObject
    const call = callTool(io, options, tools, params.name, given)
    calls.add(call)
    return call.finally(() => calls.delete(call))
  })

  const { input, output } = io.pipe
  const ended = new Promise<void>((resolve) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK has no other way to say so
    server.onclose = resolve
    input.once('end', () => setImmediate(resolve))
    input.once('close', () => setImmediate(resolve))
  })
  const interrupted = new Promise<void>((resolve) => {
    const stop = io.onSignal(() => resolve())
    void ended.then(stop)
  })
  await server.connect(new StdioServerTransport(input, output))
  await Promise.race([ended, interrupted])
  // What was asked is answered, which takes the SDK another turn.
  await Promise.allSettled(calls)
  await turn()
  await server.close()
}

function asListed({ name, description, input, readsOnly, destroys }: Tool): ListToolsResult['tools'][number] {
  return {
    name,
    description,
    inputSchema: { ...input, type: 'object' },
    annotations: { readOnlyHint: readsOnly, destructiveHint: destroys, openWorldHint: false },
  }
}

/** What is wrong is told to the model, which may mend it: it is no failure of the protocol. */
async function callTool(
  io: Io,
  options: ServerOptions,
  tools: readonly Tool[],
  name: string,
  given: JsonObject,
): Promise<CallToolResult> {
  try {
    const tool = tools.find((each) => each.name === name)
    if (tool === undefined)
      throw unknown(
        'tool',
        name,
        tools.map((each) => each.name),
      )
    const { world, ...asked } = checked(tool, given)
    const server = await findServer(io, { ...options, ...(world === undefined ? {} : { world }) })
    const answer = await request(server, tool, asked)
    return { content: [{ type: 'text', text: JSON.stringify(answer) }], structuredContent: answer }
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: explain(error).join('\n') }] }
  }
}

interface Asked {
  readonly world?: string
  readonly params?: JsonObject
  readonly query?: JsonObject
  readonly body?: JsonObject
}

/** What the server does not see by itself; query and body it checks. */
function checked({ name, input, route }: Tool, given: JsonObject): Asked {
  const parts = Object.keys(isJsonObject(input['properties']) ? input['properties'] : {})
  const wrong = Object.keys(given).find((part) => !parts.includes(part))
  if (wrong !== undefined) throw unknown(`argument of ${name}`, wrong, parts)
  const { world, ...asked } = given
  const noObject = Object.keys(asked).find((part) => !isJsonObject(asked[part]))
  if (noObject !== undefined)
    throw misused(`${noObject} of ${name} is an object, not ${JSON.stringify(asked[noObject])}.`)
  if (world !== undefined && typeof world !== 'string') throw misused(`world of ${name} is a text.`)
  const params = isJsonObject(asked['params']) ? asked['params'] : {}
  for (const param of Object.keys(route.params)) {
    const value = params[param]
    if (typeof value !== 'string' || value === '')
      throw misused(`${name} needs params.${param}, a text that is not empty.`)
  }
  return given
}

/** A route that is only known by its name. */
function request(server: RunningServer, { route }: Tool, asked: Omit<Asked, 'world'>): Promise<JsonObject> {
  const ask: (name: ControlRequest, asked: object) => Promise<JsonObject> = server.request
  return ask(route.name as ControlRequest, asked)
}

function unknown(what: string, word: string, known: readonly string[]): UnderstudyError {
  return misused(`There is no ${what} "${word}".${didYouMean(nearestWord(word, known))}`)
}

function misused(message: string): UnderstudyError {
  return new UnderstudyError('ERR_USAGE', message)
}
