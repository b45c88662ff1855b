// Every API there is, by the name it has on a world. A further API is a folder and a line here.
export { secureLogin } from './secure-login/api.ts'
export { sirportly } from './sirportly/api.ts'
export { genticsCms } from './gentics-cms/api.ts'
