/** What the command `understudy` is started with. */
export { processIo } from './io.ts'
export { main } from './program.ts'
