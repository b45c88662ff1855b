import { fetchHost } from '../hosts/fetch.ts'
import { playOn } from './behaviour.ts'
import { sirportlyBehaviours } from './sirportly.suite.ts'

playOn(fetchHost, 'sirportly', sirportlyBehaviours)
