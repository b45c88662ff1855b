import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Builds the console into the package. `npx vite console` serves it for development, beside `npm start`. */
export default defineConfig({
  root: path('.'),
  // Relative, so that it works below whatever path a proxy puts before it.
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path('../dist/console'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    // What is bundled is passed on, and its licenses with it.
    license: { fileName: 'licenses.md' },
    reportCompressedSize: false,
  },
  server: { proxy: { '^/__understudy/': 'http://127.0.0.1:4010' } },
})
