import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The server that a tested or shipped app talks to; under development it is mocked in the page. */
const server = process.env['JIRA_URL']

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), mockServiceWorker()],
  define: { 'import.meta.env.MOCKED': JSON.stringify(server === undefined) },
  ...(server === undefined ? {} : { server: { proxy: { '/jira': server } } }),
})

/** Serves MSW's worker from where MSW is installed. `npx msw init public` copies it instead. */
function mockServiceWorker(): Plugin {
  const path = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')
  return {
    name: 'mock-service-worker',
    configureServer: ({ middlewares }) => {
      middlewares.use('/mockServiceWorker.js', (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(path))
      })
    },
  }
}
