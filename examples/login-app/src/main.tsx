import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { SecureLogin } from './secure-login.ts'
import './style.css'

// In a shipped app this is false, and neither mocks nor panel are in the bundle.
if (import.meta.env.DEV && import.meta.env.MOCKED) {
  const { startMocks } = await import('./mocks.ts')
  await startMocks()
}

const root = document.querySelector('#app')
if (root !== null) createRoot(root).render(<App server={new SecureLogin('/jira')} />)
