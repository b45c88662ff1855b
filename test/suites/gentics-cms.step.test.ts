import { stepHost } from '../hosts/step.ts'
import { playOn } from './behaviour.ts'
import { genticsCmsBehaviours } from './gentics-cms.suite.ts'

playOn(stepHost, 'gentics-cms', genticsCmsBehaviours)
