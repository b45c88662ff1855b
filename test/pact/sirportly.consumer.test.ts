import { consume } from './consumer.suite.ts'
import { sirportlyPact } from './sirportly.pact.ts'

consume(sirportlyPact)
