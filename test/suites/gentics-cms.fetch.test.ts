import { fetchHost } from '../hosts/fetch.ts'
import { playOn } from './behaviour.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'

playOn(fetchHost, 'gentics-cms', genticsCmsBehaviours)
