import { createWorld } from 'auth-understudy'
import { handlers } from 'auth-understudy/msw'
import 'auth-understudy/panel'
import { setupWorker } from 'msw/browser'

const worker = setupWorker()
const started = worker.start({ onUnhandledRequest: 'bypass' })

export default {
  loaders: [
    async ({ parameters }) => {
      await started
      const world = await createWorld(parameters.scenario)
      worker.resetHandlers(...handlers(world, { production: true }))
      return { world }
    },
  ],
}
