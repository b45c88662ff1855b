import { MatchersV3 } from '@pact-foundation/pact'
import { account, json, noAccount, settings, signsIn, tells, user, type Interaction } from './sirportly.asking.ts'

const { regex } = MatchersV3

const adam = { username: 'adam', password: 's3cret', account: 'atech' }
const elsewhere = { account: 'atech', allowFrom: ['192.0.2.0/24'] }
const notPermitted = { error: 'NotPermittedFromIPAddress', ip: regex('^[0-9a-f:.]+$', '127.0.0.1') }

/** What the pages leave open, as settings decide it that a provider state can put in force. */
export const choices: readonly Interaction[] = [
  {
    clauses: ['SP-U1', 'SP-09'],
    description: 'SP-U1 a wrong password where every refusal has 403',
    states: [settings({ statusCodes: 'byOutcome' }), user()],
    ...signsIn({ ...adam, password: 'wrong' }),
    response: json(403, { status: 'InvalidCredentials' }),
    gives: { outcome: 'invalid-credentials' },
  },
  {
    clauses: ['SP-U2', 'SP-14'],
    description: 'SP-U2 an unknown account where every status is 200',
    states: [settings({ statusCodes: 'always200' }), user(), noAccount],
    ...signsIn({ ...adam, account: 'acme' }),
    response: json(200, { error: 'AccountNotFound', message: regex('.*acme.*', "No account found matching 'acme'") }),
    gives: { outcome: 'account-not-found' },
  },
  {
    clauses: ['SP-U2', 'SP-13'],
    description: 'SP-U2 an address that is not permitted where every status is 200',
    states: [settings({ statusCodes: 'always200' }), user(), account(elsewhere)],
    ...signsIn(adam),
    response: json(200, notPermitted),
    gives: { outcome: 'not-permitted-from-address', address: '127.0.0.1' },
  },
  {
    clauses: ['SP-U9', 'SP-14'],
    description: 'SP-U9 wrong credentials for an unknown account, where the account is looked at first',
    states: [settings({ order: 'account-first' }), user(), noAccount],
    ...signsIn({ ...adam, password: 'wrong', account: 'acme' }),
    response: tells({ error: 'AccountNotFound', message: regex('.*acme.*', "No account found matching 'acme'") }, 404),
    gives: { outcome: 'account-not-found' },
  },
]
