export { handlers, type HandlersOptions } from './hosts/msw.ts'
