import { consume } from './consumer.suite.ts'
import { secureLoginPact } from './secure-login.pact.ts'

consume(secureLoginPact)
