import type { Accounts, Company } from './company.ts'

/** A company several times over: each set of accounts has usernames of its own. */
export interface Crowd {
  readonly accounts: Accounts
  readonly further: readonly Accounts[]
  readonly provider: Company['provider']
}

/** The same people so many times, as `further` of a target has them. */
export function crowd({ accounts, provider }: Company, sets: number): Crowd {
  const renamed = (person: object, at: number): object =>
    Object.fromEntries(
      Object.entries(person).map(([name, value]) => [
        name,
        at > 0 && /^(username|login|ssoToken)$/.test(name) ? `${value}-${at}` : value,
      ]),
    )
  const setOf = (at: number): Accounts =>
    Object.fromEntries(
      Object.entries(accounts).map(([role, account]) => {
        const { facts } = account
        return [
          role,
          { ...renamed(account, at), ...(facts === undefined ? {} : { facts: renamed(facts as object, at) }) },
        ]
      }),
    ) as Accounts
  const numbers = Array.from({ length: sets }, (_, at) => at)
  return {
    accounts,
    further: numbers.slice(1).map(setOf),
    provider: {
      ...provider,
      users: numbers.flatMap((at) => (provider['users'] ?? []).map((user) => renamed(user, at))),
    },
  }
}
