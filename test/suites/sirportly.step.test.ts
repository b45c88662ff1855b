import { stepHost } from '../hosts/step.ts'
import { playOn } from './behaviour.ts'
import { sirportlyBehaviours } from './sirportly.suite.ts'

playOn(stepHost, 'sirportly', sirportlyBehaviours)
