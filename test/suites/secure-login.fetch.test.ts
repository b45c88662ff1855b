import { fetchHost } from '../hosts/fetch.ts'
import { playOn } from './behaviour.ts'
import { secureLoginBehaviours } from './secure-login.suite.ts'

playOn(fetchHost, 'secure-login', secureLoginBehaviours)
