import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

/** A page that was bundled for the browser, on a port. */
export interface Site {
  readonly url: string
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Bundles a page as a frontend's own bundler would, and serves it with MSW's worker. `msw` is the major to use. */
export async function openSite(page: string, msw: '2' | '3' = '2'): Promise<Site> {
  const files = await bundle(page, msw === '3' ? 'msw-3' : 'msw')
  files.set('/', {
    type: 'text/html',
    body: '<!doctype html><title>test</title><script type="module" src="/page.js"></script>',
  })
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://any').pathname)
    if (file === undefined) response.writeHead(404).end('no such file')
    else response.writeHead(200, { 'content-type': file.type }).end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

interface File {
  readonly type: string
  readonly body: string | Uint8Array
}

async function bundle(page: string, msw: string): Promise<Map<string, File>> {
  const output = (await build({
    root,
    configFile: false,
    mode: 'development',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: {
      alias: [
        { find: /^msw(?=\/|$)/, replacement: msw },
        // What runs in Node in the other hosts.
        { find: /^vitest$/, replacement: `${root}test/browser/pages/expect.ts` },
        { find: /^(\.\.\/)+src\/index\.ts$/, replacement: `${root}src/index.browser.ts` },
      ],
    },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: {
        input: { page: `${root}test/browser/pages/${page}` },
        output: { entryFileNames: '[name].js' },
      },
    },
  })) as Rolldown.RolldownOutput
  const files = new Map<string, File>()
  for (const file of output.output) {
    const body = file.type === 'chunk' ? file.code : file.source
    files.set(`/${file.fileName}`, { type: 'text/javascript', body })
  }
  const worker = readFileSync(`${root}node_modules/${msw}/lib/mockServiceWorker.js`)
  return files.set('/mockServiceWorker.js', { type: 'text/javascript', body: worker })
}
