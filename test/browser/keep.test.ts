import { beforeEach, describe, expect, test } from 'vitest'
import { describeInPage } from './stand.ts'
import type { Tab } from './tab.ts'

describeInPage('a world in a page', 'app.ts', (stand) => {
  const open = (query = 'keep'): Promise<Tab> => stand.open(query)

  describe('after a reload', () => {
    test('goes on: session and cookie, counts, forced states, settings, clock and faults', async () => {
      const tab = await open()
      expect(await tab.do(({ app }) => app.login('alice'))).toBe(200)
      expect(await tab.do(({ app }) => app.enter('000000'))).toBe(401)
      // The cookie is HttpOnly: the page cannot see it.
      expect(await tab.page.evaluate(() => document.cookie)).toBe('')
      await tab.do(({ app }) => {
        app.world.secureLogin.user('bob').set({ state: 'blocked', for: '30m' })
        app.world.secureLogin.set({ blockAfter: 2 })
        app.world.clock.advance('10m')
        app.world.faults.add({ on: 'secure-login.info', reply: { status: 503 }, times: 1 })
      })
      const began = Date.now()
      const before = await tab.do(({ app }) => app.world.clock.now)
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe('enter')
      const seen = await tab.do(({ app }) => ({
        alice: app.world.secureLogin.user('alice').view(),
        bob: app.world.secureLogin.user('bob').view(),
        faults: app.world.faults.list().length,
        now: app.world.clock.now,
      }))
      expect(seen).toMatchObject({ alice: { failures: 1, limit: 2 }, bob: { state: 'blocked' }, faults: 1 })
      expect(seen.now - before).toBeGreaterThanOrEqual(0)
      expect(seen.now - before).toBeLessThanOrEqual(Date.now() - began + 1)
      expect(await tab.do(({ app }) => app.enter('000000'))).toBe(401)
      expect(await tab.do(({ app }) => app.state())).toBe('blocked')
    })

    test('that comes with the answer, goes on too, however slow the disk is', async () => {
      await stand.context.addInitScript(slowDown)
      const tab = await open()
      const reloaded = tab.page.waitForEvent('load')
      await tab.page.evaluate(
        () =>
          void (async () => {
            await window.app?.login('dave')
            // Everything is written by now; sessionStorage outlives the reload.
            sessionStorage.setItem('unfinished', String(window.openTransactions))
            location.reload()
          })(),
      )
      await reloaded
      expect(await tab.page.evaluate(() => sessionStorage.getItem('unfinished'))).toBe('0')
      await tab.page.waitForFunction(() => window.app !== undefined)
      expect(await tab.do(({ app }) => app.state())).toBe('bypass')
    })

    test('starts anew where it is not kept', async () => {
      const tab = await open('')
      await tab.do(({ app }) => app.login('dave'))
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe(401)
    })

    test('starts anew where the code asks for another scenario', async () => {
      const tab = await open()
      await tab.do(({ app }) => app.world.secureLogin.user('alice').set({ state: 'bypass' }))
      await tab.goto(`${stand.url}/?keep&scenario=lockout`)
      const { scenario, users } = await tab.do(async ({ app }) => {
        await app.state()
        return {
          scenario: app.world.scenario.name,
          users: app.world.secureLogin.users().items.map((user) => user.username),
        }
      })
      expect(scenario).toBe('lockout')
      expect(users).not.toContain('alice')
    })

    test('plays the scenario that was started from outside, until the reset of that one', async () => {
      const tab = await open()
      await tab.do(async ({ app }) => {
        const { world } = app
        await world.startScenario(
          world.worlds.readScenario({ 'secure-login': { users: { zoe: { state: 'bypass' } } } }, 'mine'),
        )
        await app.login('zoe')
      })
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe('bypass')
      await tab.do(({ app }) => app.world.reset())
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe(401)
      expect(await tab.do(({ app }) => app.world.scenario.name)).toBe('mine')
    })

    test('starts anew where what was kept is of no use, and says so', async () => {
      const tab = await open()
      await tab.do(({ app }) => app.login('alice'))
      await tab.page.evaluate(
        () =>
          new Promise((resolve) => {
            const opening = indexedDB.open('auth-understudy/world')
            opening.onsuccess = () => {
              const transaction = opening.result.transaction('rows', 'readwrite')
              transaction
                .objectStore('rows')
                .put({ key: 'secure-login/user:alice', value: { nonsense: 1 }, version: 99 })
              transaction.oncomplete = resolve
            }
          }),
      )
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe(401)
      expect(await tab.do(({ app }) => app.login('alice'))).toBe(200)
      const notes = await tab.do(({ app }) => app.world.changes.map(({ what }) => what))
      expect(notes.join()).toContain('what was kept is of no use to this version')
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe('enter')
    })

    test('and after somebody deleted the database, goes on with what is in memory', async () => {
      const tab = await open()
      await tab.do(({ app }) => app.login('alice'))
      await tab.page.evaluate(
        () =>
          new Promise((resolve) => {
            indexedDB.deleteDatabase('auth-understudy/world').onsuccess = resolve
          }),
      )
      expect(await tab.do(({ app }) => app.state())).toBe('enter')
      await tab.reload()
      expect(await tab.do(({ app }) => app.state())).toBe('enter')
    })
  })

  describe('in two tabs', () => {
    let one: Tab
    let other: Tab

    beforeEach(async () => {
      one = await open()
      other = await open()
    })

    test('is one: who signs in here is signed in there', async () => {
      await one.do(({ app }) => app.login('alice'))
      expect(await other.do(({ app }) => app.state())).toBe('enter')
      await other.do(({ app }) => app.enter(String(app.world.secureLogin.user('alice').view().details['pin'])))
      expect(await one.do(({ app }) => app.state())).toBe('bypass')
    })

    test('is one for requests even before the news has arrived', async () => {
      for (const tab of [one, other])
        await tab.page.evaluate(() => {
          BroadcastChannel.prototype.postMessage = () => undefined
        })
      await one.do(({ app }) => app.login('alice'))
      expect(await other.do(({ app }) => app.state())).toBe('enter')
    })

    test('counts fifty wrong PINs, entered at once in both, as three', async () => {
      await one.do(({ app }) => app.login('alice'))
      const enter = (tab: Tab): Promise<{ statuses: number[]; counted: number }> =>
        tab.do(async ({ app }) => {
          const statuses = await Promise.all(Array.from({ length: 25 }, () => app.enter('000000')))
          return { statuses, counted: app.world.requests.filter(({ clause }) => /^SL-1[14]$/.test(clause)).length }
        })
      const [here, there] = await Promise.all([enter(one), enter(other)])
      expect([...here.statuses, ...there.statuses]).toEqual(Array.from({ length: 50 }, () => 401))
      expect(here.counted + there.counted).toBe(3)
      for (const tab of [one, other])
        expect(await tab.do(({ app }) => app.world.secureLogin.user('alice').view())).toMatchObject({
          state: 'blocked',
          failures: 3,
        })
    })

    test('shows here what is forced there, without a request; collections too', async () => {
      await one.do(({ app }) => {
        app.world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
        app.world.clock.advance('5m')
      })
      const seen = (): Promise<unknown> =>
        other.do(({ app }) => ({
          state: app.world.secureLogin.user('alice').view().state,
          blocked: app.data.secureLogin.users
            .all()
            .some((user) => user.key === 'alice' && user.blockedUntilAt !== null),
          minutes: Math.round((app.world.clock.now - Date.now()) / 60_000),
        }))
      await expect.poll(seen).toEqual({ state: 'blocked', blocked: true, minutes: 5 })
    })

    test('keeps what is forced here while requests count there', async () => {
      await one.do(({ app }) => app.login('alice'))
      await other.do(({ app }) => app.login('dave'))
      const [, states] = await Promise.all([
        one.do(async ({ app }) => {
          for (let times = 1; times <= 20; times++) {
            app.world.secureLogin.user('bob').set({ password: `secret-${times}` })
            await new Promise((resolve) => setTimeout(resolve))
          }
        }),
        other.do(async ({ app }) => {
          const seen: unknown[] = []
          for (let times = 1; times <= 20; times++) seen.push(await app.state())
          return seen
        }),
      ])
      expect(new Set(states)).toEqual(new Set(['bypass']))
      const password = (tab: Tab): Promise<unknown> =>
        tab.do(({ app }) => app.world.secureLogin.user('bob').view().details['password'])
      await expect.poll(() => password(other)).toBe('secret-20')
      expect(await password(one)).toBe('secret-20')
    })

    test('is started again in both', async () => {
      await one.do(({ app }) => app.login('dave'))
      expect(await other.do(({ app }) => app.state())).toBe('bypass')
      await one.do(({ app }) => app.world.reset())
      await expect.poll(() => other.do(({ app }) => app.world.secureLogin.sessions().total)).toBe(0)
      expect(await other.do(({ app }) => app.state())).toBe(401)
    })

    test('is two where they are kept under two names', async () => {
      const third = await open('keep=other')
      await one.do(({ app }) => app.login('dave'))
      expect(await third.do(({ app }) => app.state())).toBe(401)
    })
  })

  test('is picked by a cookie that the page sets', async () => {
    const tab = await open('')
    await tab.page.evaluate(() => {
      document.cookie = 'x-understudy-world=mine'
    })
    await tab.do(({ app }) => app.login('alice'))
    expect(await tab.do(({ app }) => app.state())).toBe('enter')
    expect(await tab.do(({ app }) => app.world.requests.length)).toBe(0)
    expect(await tab.do(({ app }) => app.world.worlds.get('mine').requests.length)).toBe(2)
  })
})

declare global {
  interface Window {
    openTransactions?: number
  }
}

/** Runs in the page before everything else: each transaction takes a fifth of a second, and those begun are counted. */
function slowDown(): void {
  // Called on a database each time.
  // oxlint-disable-next-line typescript/unbound-method
  const begin = IDBDatabase.prototype.transaction
  window.openTransactions = 0
  IDBDatabase.prototype.transaction = function slow(...args) {
    const transaction = begin.apply(this, args)
    window.openTransactions = (window.openTransactions ?? 0) + 1
    transaction.addEventListener('complete', () => {
      window.openTransactions = (window.openTransactions ?? 0) - 1
    })
    const end = performance.now() + 200
    const hold = (): void => {
      if (performance.now() < end) transaction.objectStore('heads').get('none').addEventListener('success', hold)
    }
    hold()
    return transaction
  }
}
