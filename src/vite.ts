export { understudy, type UnderstudyPluginOptions } from './server/vite-plugin.ts'
