import { listenerHost } from '../hosts/listener.ts'
import { playOn } from './behaviour.ts'
import { sirportlyBehaviours } from './sirportly.suite.ts'

playOn(listenerHost, 'sirportly', sirportlyBehaviours)
