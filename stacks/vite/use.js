// A dev server with the plug-in, asked as the app's own page would.
import { readdirSync, readFileSync } from 'node:fs'
import { createSecureLoginClient } from 'auth-understudy/client'
import { build, createServer } from 'vite'

const server = await createServer({ server: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' })
await server.listen()
const origin = server.resolvedUrls.local[0].replace(/\/$/, '')

let cookie = ''
const fetchWithCookies = async (url, init = {}) => {
  const headers = new Headers(init.headers)
  if (cookie !== '') headers.set('cookie', cookie)
  const answer = await fetch(url, { ...init, headers })
  for (const line of answer.headers.getSetCookie()) cookie = line.split(';')[0]
  return answer
}
const app = createSecureLoginClient({ baseUrl: `${origin}/jira`, fetch: fetchWithCookies })
await app.login('alice', 'alice')
for (const pin of ['000000', '111111', '222222']) await app.auth(pin)
const page = await (await fetch(`${origin}/`)).text()
if (!page.includes('the app')) throw new Error(`the app answers ${page}`)
console.log(`alice is ${(await app.user()).state}`)
await server.close()

await build({ logLevel: 'error' })
const built = readdirSync('dist', { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
const text = built.map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'utf8')).join('')
if (text.includes('understudy')) throw new Error('what is built knows of the mock')
process.exit(0)
