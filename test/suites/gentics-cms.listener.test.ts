import { listenerHost } from '../hosts/listener.ts'
import { playOn } from './behaviour.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'

playOn(listenerHost, 'gentics-cms', genticsCmsBehaviours)
