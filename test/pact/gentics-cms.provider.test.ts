import { provide } from './provider.suite.ts'
import { genticsCmsPact } from './gentics-cms.pact.ts'

provide(genticsCmsPact, ['default', 'cms-observed'])
