import { playInPage } from './behaviours.ts'

playInPage('2')
