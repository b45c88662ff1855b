import { expect } from 'vitest'
import type { Behaviour, Scene } from './play.ts'
import { adam, anywhere, ask, ben, eve, faye, lou, password, wrongCode, type Form } from './sirportly.visitor.ts'

const adamOf = (id: number, created: string, name: string, permalink: string): object => ({
  id,
  username: 'adam',
  first_name: 'Adam',
  last_name: 'Cooke',
  email_address: 'adam@atechmedia.com',
  time_zone: 'London',
  created_at: created,
  'activated?': true,
  invite_code: null,
  permissions: { admin: true, reporting: true, tickets: true, api: true },
  account: {
    name,
    permalink,
    domain: `${permalink}.sirportly.com`,
    domain_with_protocol: `https://${permalink}.sirportly.com`,
    enabled: true,
  },
  api_token: { token: '[token here]', secret: '[secret here]' },
})

const atAtech = adamOf(6, '2012-01-12T22:09:01+00:00', 'aTech Media', 'atech')
const atFibreband = adamOf(36, '2012-02-01T16:07:56+00:00', 'Fibreband Ltd', 'fibreband')

/** The page's examples, in its order: what is asked, and what it prints. */
const examples: readonly (readonly [clause: string, heading: string, form: Form, printed: object])[] = [
  ['SP-05', 'without an account parameter', anywhere(adam), { status: 'Authenticated', users: [atAtech, atFibreband] }],
  ['SP-06', 'with an account parameter', adam, { status: 'Authenticated', user: atAtech }],
  ['SP-08', 'API access is disabled for the user', ben, { status: 'APIAccessDisabled' }],
  [
    'SP-09',
    'invalid credentials, for an account that there is not',
    { username: 'jogn', password: 'invalidpassword', account: 'acme' },
    { status: 'InvalidCredentials', username: 'jogn', password: 'invalidpassword', account: 'acme' },
  ],
  ['SP-10', 'two factor authentication required and not set up', eve, { status: 'TwoFactorRequired' }],
  [
    'SP-11',
    'an invalid two factor authentication code',
    { ...faye, two_factor_code: wrongCode },
    { status: 'InvalidTwoFactorCode' },
  ],
  ['SP-12', 'a lockout from too many codes', lou, { status: 'TwoFactorLocked' }],
  [
    'SP-13',
    'an invalid IP address',
    { username: 'olga', password, account: 'office' },
    { error: 'NotPermittedFromIPAddress', ip: '127.0.0.1' },
  ],
  [
    'SP-14',
    'an incorrect account',
    { ...adam, account: 'acme' },
    { error: 'AccountNotFound', message: "No account found matching 'acme'" },
  ],
]

/** Every example that the page prints, to the order of its members, from one scenario. */
export const pageBehaviours: readonly Behaviour[] = examples.map(([clause, heading, form, printed]) => ({
  clauses: [clause],
  title: `the page's example: ${heading}`,
  scenario: { extends: 'sirportly-page' },
  play: (scene) => prints(scene, form, printed),
}))

async function prints(scene: Scene, form: Form, printed: object): Promise<void> {
  expect((await ask(scene, form)).body).toBe(JSON.stringify(printed))
}
