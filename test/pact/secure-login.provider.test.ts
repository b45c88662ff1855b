import { provide } from './provider.suite.ts'
import { secureLoginPact } from './secure-login.pact.ts'

provide(secureLoginPact, ['default', 'legacy-revision'])
