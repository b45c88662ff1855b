import { playInPage } from './behaviours.ts'

// MSW 3 wants Node 22 for its interception in Node; in a page it runs whatever Node serves that.
playInPage('3')
