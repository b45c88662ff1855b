import { mswServerHost } from '../hosts/msw-server.ts'
import { playOn } from './behaviour.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'

playOn(mswServerHost, 'gentics-cms', genticsCmsBehaviours)
