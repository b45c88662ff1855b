import { understudy } from 'auth-understudy/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [understudy({ scenario: 'default' })] })
