import { stepHost } from '../hosts/step.ts'
import { playOn } from './behaviour.ts'
import { secureLoginBehaviours } from './secure-login.suite.ts'

playOn(stepHost, 'secure-login', secureLoginBehaviours)
