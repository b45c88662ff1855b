// One server of a shared store, as a process of its own: prints its URL, and ends when its input does.
import { nodeHost } from '../../../dist/hosts/node-host.js'
import { RedisStore } from '../../../dist/store/redis/redis-store.js'
import { readPlace } from '../../../dist/store/redis/place.js'
import { listen } from '../../../dist/node.js'
import { createSharedWorldsOn } from '../../../dist/scenario/create-world.js'

const { store, scenario, bent } = JSON.parse(process.argv[2])
const limits = { journal: 1_000_000, worlds: 1000, grown: 100_000 }
const engine = new RedisStore({
  place: readPlace(store),
  limits,
  make: { version: 'test', mutants: [], apis: {} },
  onLoss: (what) => process.stderr.write(`${what}\n`),
})

/** Without the comparison: commits what was decided, whatever has changed meanwhile. */
const careless = {
  open: () => {
    const call = engine.open()
    return {
      commit: (commit) => call.commit({ ...commit, reads: new Map() }),
      load: (...args) => call.load(...args),
    }
  },
  follow: (...args) => engine.follow(...args),
}
const worlds = await createSharedWorldsOn(nodeHost('.'), scenario, {}, bent ? careless : engine)
const server = await listen(worlds, {
  limits: { idleMs: 60_000 },
  onError: (error) => process.stderr.write(`${error.stack}\n`),
})
process.stdout.write(`${server.url}\n`)
process.stdin.resume().on('end', () => process.exit())
