import { mswServerHost } from '../hosts/msw-server.ts'
import { playOn } from './behaviour.ts'
import { sirportlyBehaviours } from './sirportly.suite.ts'

playOn(mswServerHost, 'sirportly', sirportlyBehaviours)
