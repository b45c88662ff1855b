import { understudy } from 'auth-understudy/vite'

export default { plugins: [understudy()], server: { port: 5173, strictPort: true } }
