import type { JsonObject } from '../../src/core/json.ts'

/** Accounts of a target, by role. */
export type Accounts = { readonly [role: string]: JsonObject }

/** The accounts that a target of each API has in these tests, and how an independent server is told of them. */
export interface Company {
  readonly accounts: Accounts
  readonly provider: { readonly [option: string]: readonly object[] }
}

const elsewhere = ['192.0.2.0/24']

export const secureLoginCompany: Company = {
  accounts: {
    enter: { username: 'qa-enter', password: 'Open sesame 1', pin: '778812' },
    disposable: { username: 'qa-lock', password: 'Open sesame 2', pin: '012345', mayBeLocked: true },
    bypass: { username: 'qa-free', password: 'Open sesame 3', pin: '910817' },
    onboarding: { username: 'qa-new', password: 'Open sesame 4', pin: '910817' },
    blocked: { username: 'qa-out', password: 'Open sesame 5', pin: '910817' },
  },
  provider: {
    users: [
      { username: 'qa-enter', password: 'Open sesame 1', pin: '778812' },
      { username: 'qa-lock', password: 'Open sesame 2', pin: '012345' },
      { username: 'qa-free', password: 'Open sesame 3', pin: '910817', state: 'bypass' },
      { username: 'qa-new', password: 'Open sesame 4', pin: '910817', state: 'onboarding' },
      { username: 'qa-out', password: 'Open sesame 5', pin: '910817', blockedUntil: Date.now() + 20 * 60_000 },
    ],
  },
}

const atech = { facts: { account: 'atech' } }
const inBoth = { facts: { account: 'atech', otherAccount: 'fibreband' } }
const inAtech = { account: 'atech', apiAccess: true }

export const sirportlyCompany: Company = {
  accounts: {
    user: { username: 'qa-user', password: 'Öpen & "sesame"', ...atech },
    'second-factor': { username: 'qa-code', password: 'open sesame 2', pin: '448812', ...atech },
    disposable: { username: 'qa-lock', password: 'open sesame 3', pin: '998812', mayBeLocked: true, ...atech },
    locked: { username: 'qa-out', password: 'open sesame 4', pin: '998812', ...atech },
    'two-factor-required': { username: 'qa-must', password: 'open sesame 5', ...atech },
    'no-api-access': { username: 'qa-none', password: 'open sesame 6', ...atech },
    'not-activated': { username: 'qa-new', password: 'open sesame 7', ...atech },
    'in-two-accounts': { username: 'qa-two', password: 'open sesame 8', ...inBoth },
    'access-in-one': { username: 'qa-one', password: 'open sesame 9', ...inBoth },
    'from-elsewhere': { username: 'qa-far', password: 'open sesame 10', facts: { account: 'far' } },
    'in-disabled-account': { username: 'qa-off', password: 'open sesame 11', facts: { account: 'off' } },
  },
  provider: {
    accounts: [
      { permalink: 'atech' },
      { permalink: 'fibreband' },
      { permalink: 'far', allowFrom: elsewhere },
      { permalink: 'off', enabled: false },
    ],
    users: [
      { username: 'qa-user', password: 'Öpen & "sesame"', ...inAtech },
      { username: 'qa-code', password: 'open sesame 2', ...inAtech, twoFactor: { code: '448812' } },
      { username: 'qa-lock', password: 'open sesame 3', ...inAtech, twoFactor: { code: '998812' } },
      { username: 'qa-out', password: 'open sesame 4', ...inAtech, twoFactor: { code: '998812', locked: true } },
      { username: 'qa-must', password: 'open sesame 5', ...inAtech, twoFactor: { required: true } },
      { username: 'qa-none', password: 'open sesame 6', account: 'atech' },
      { username: 'qa-new', password: 'open sesame 7', ...inAtech, activated: false },
      { username: 'qa-two', password: 'open sesame 8', ...inAtech },
      { username: 'qa-two', password: 'open sesame 8', ...inAtech, account: 'fibreband' },
      { username: 'qa-one', password: 'open sesame 9', ...inAtech },
      { username: 'qa-one', password: 'open sesame 9', account: 'fibreband' },
      { username: 'qa-far', password: 'open sesame 10', account: 'far', apiAccess: true },
      { username: 'qa-off', password: 'open sesame 11', account: 'off', apiAccess: true },
    ],
  },
}

const groups = [{ name: 'Editors' }]

export const genticsCmsCompany: Company = {
  accounts: {
    user: { username: 'qa-user', password: 'open "sesame" 1' },
    admin: { username: 'qa-admin', password: 'open sesame 2' },
    'no-groups': { username: 'qa-none', password: 'open sesame 3' },
    sso: { username: 'qa-sso', password: 'open sesame 4', facts: { ssoToken: 'sso-token-of-qa' } },
  },
  provider: {
    users: [
      { login: 'qa-user', password: 'open "sesame" 1', groups },
      { login: 'qa-admin', password: 'open sesame 2', groups, seesMaintenance: true },
      { login: 'qa-none', password: 'open sesame 3', groups: [] },
      { login: 'qa-sso', password: 'open sesame 4', groups },
    ],
  },
}
