import { vi } from 'vitest'
import { playOn } from './behaviour.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'

// MSW 3 intercepts only on Node 22 and newer, where the matrix runs it; its handlers can be asked here as well.
vi.mock('msw', () => import('msw-3'))
const { mswResponseHost } = await import('../hosts/msw-response.ts')

playOn({ ...mswResponseHost, name: 'MSW 3 getResponse' }, 'gentics-cms', genticsCmsBehaviours)
