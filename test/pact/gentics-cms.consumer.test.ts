import { consume } from './consumer.suite.ts'
import { genticsCmsPact } from './gentics-cms.pact.ts'

consume(genticsCmsPact)
