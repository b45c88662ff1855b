import { listenerHost } from '../hosts/listener.ts'
import { playOn } from './behaviour.ts'
import { secureLoginBehaviours } from './secure-login.suite.ts'

playOn(listenerHost, 'secure-login', secureLoginBehaviours)
