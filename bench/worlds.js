// How many bytes a world holds that nobody has visited: prints the number.
import { createWorld } from '../dist/lib/index.js'

const count = 10_000
const main = await createWorld('default', { worldLimit: count })
// What is loaded and compiled with the first is not the others'.
main.worlds.get('first')
const before = used()
const all = Array.from({ length: count - 1 }, (_, index) => main.worlds.get(`job-${index}`))
process.stdout.write(((used() - before) / all.length).toFixed(0))

function used() {
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
