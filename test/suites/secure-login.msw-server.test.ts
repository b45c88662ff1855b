import { mswServerHost } from '../hosts/msw-server.ts'
import { playOn } from './behaviour.ts'
import { secureLoginBehaviours } from './secure-login.suite.ts'

playOn(mswServerHost, 'secure-login', secureLoginBehaviours)
