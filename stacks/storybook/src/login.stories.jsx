import { Login } from './login.jsx'

export default { component: Login }

export const Blocked = {
  args: { username: 'zoe' },
  parameters: { scenario: { 'secure-login': { users: { zoe: { state: 'blocked', until: '+30m' } } } } },
}

export const Onboarding = {
  args: { username: 'zoe' },
  parameters: { scenario: { 'secure-login': { users: { zoe: { state: 'onboarding' } } } } },
}
