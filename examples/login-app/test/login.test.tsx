import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { test } from 'auth-understudy/vitest'
import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect } from 'vitest'
import { App } from '../src/app.tsx'
import { SecureLogin } from '../src/secure-login.ts'

const show = (): void => void render(<App server={new SecureLogin('/jira')} />)
const heading = (name: string): Promise<HTMLElement> => screen.findByRole('heading', { name })
const press = async (name: string): Promise<void> => void fireEvent.click(await screen.findByRole('button', { name }))

async function fillIn(label: string, value: string): Promise<void> {
  fireEvent.change(await screen.findByLabelText(label), { target: { value } })
}

async function signIn(username: string, password = username): Promise<void> {
  show()
  await heading('Sign in')
  await fillIn('Username', username)
  await fillIn('Password', password)
  await press('Sign in')
}

async function enter(pin: string): Promise<void> {
  await fillIn('PIN', pin)
  await press('Go on')
}

afterEach(cleanup)

describe('signing in', () => {
  test('takes both factors', async () => {
    await signIn('alice')
    await heading('Enter your PIN')
    await enter('910817')
    await heading('You are in')
    expect(screen.getByText('Both factors were right.')).toBeDefined()
  })

  test('tells a wrong password, and goes on from there', async () => {
    await signIn('alice', 'nonsense')
    expect((await screen.findByRole('alert')).textContent).toBe('That is not the right name and password.')
    await fillIn('Password', 'alice')
    await press('Sign in')
    await heading('Enter your PIN')
  })

  test('sends digits only, however the PIN is written', async ({ world }) => {
    await signIn('alice')
    await enter('910 817')
    await heading('You are in')
    expect(world.secureLogin.user('alice').view().failures).toBe(0)
  })

  test('is not needed for who is signed in', async () => {
    await signIn('dave')
    await heading('You are in')
    cleanup()
    show()
    await heading('You are in')
  })

  test('ends with signing out', async ({ world }) => {
    await signIn('dave')
    await press('Sign out')
    await heading('Sign in')
    expect(world.secureLogin.sessions().items.filter(({ state }) => state !== 'expired')).toEqual([])
  })

  test('starts again where the session has ended meanwhile', async ({ world }) => {
    await signIn('alice')
    await heading('Enter your PIN')
    world.secureLogin.user('alice').set({ state: 'expired' })
    await enter('910817')
    await heading('Sign in')
  })
})

test('somebody inside is asked to sign in again when the session has ended', async ({ world }) => {
  await signIn('alice')
  await enter('910817')
  await heading('You are in')
  world.clock.advance('6h')
  cleanup()
  show()
  await heading('Sign in')
})

describe('wrong PINs', () => {
  test('may be tried again, until there were too many', async ({ world }) => {
    await signIn('alice')
    for (const failures of [1, 2]) {
      await enter('000000')
      expect((await screen.findByRole('alert')).textContent).toContain('That PIN was wrong')
      await expect.poll(() => world.secureLogin.user('alice').view().failures).toBe(failures)
    }
    await enter('000000')
    await heading('Too many wrong PINs')
    expect((await screen.findByText(/30:0[012]|29:5\d/)).tagName).toBe('TIME')
    world.clock.advance('31m')
    await press('Try again')
    await heading('Enter your PIN')
    await enter('910817')
    await heading('You are in')
  })

  test('are forgotten after a right one', async ({ world }) => {
    world.secureLogin.user('alice').set({ failures: 2 })
    await signIn('alice')
    await enter('910817')
    await heading('You are in')
    expect(world.secureLogin.user('alice').view().failures).toBe(0)
  })

  test('that blocked somebody let go by themselves when the time is over', async ({ world }) => {
    world.secureLogin.user('alice').set({ state: 'blocked', for: '2s' })
    await signIn('alice')
    await heading('Too many wrong PINs')
    expect(await screen.findByRole('heading', { name: 'Enter your PIN' }, { timeout: 5000 })).toBeDefined()
  })

  test('count for whoever is unblocked by an administrator from the beginning', async ({ world }) => {
    await signIn('carol')
    await heading('Too many wrong PINs')
    world.secureLogin.user('carol').unblock()
    await press('Try again')
    await heading('Enter your PIN')
  })
})

describe('who has not finished onboarding', () => {
  test('is sent to a desktop browser, and goes on afterwards', async ({ world }) => {
    await signIn('bob')
    await heading('Set up your second factor first')
    await press('I have done that')
    await heading('Set up your second factor first')
    world.secureLogin.user('bob').set({ state: 'enter' })
    await press('I have done that')
    await heading('Enter your PIN')
  })

  test('is sent there from the PIN too', async ({ world }) => {
    await signIn('alice')
    await heading('Enter your PIN')
    world.secureLogin.user('alice').set({ state: 'onboarding' })
    await enter('910817')
    await heading('Set up your second factor first')
  })
})

describe('a second factor that is switched off', () => {
  test.override({ scenario: 'inactive' })

  test('is not asked for', async () => {
    await signIn('alice')
    await heading('You are in')
    expect(screen.getByText('The second factor is switched off for now.')).toBeDefined()
  })

  test('is not asked for any longer, where that happens in between', async ({ world }) => {
    world.secureLogin.set({ active: true })
    await signIn('alice')
    await heading('Enter your PIN')
    world.secureLogin.set({ active: false })
    await enter('910817')
    await heading('You are in')
  })
})

describe('a clock that is off', () => {
  test('is told by minutes, where a code is wanted', async ({ world }) => {
    world.clock.skew('5m')
    await signIn('alice')
    expect((await screen.findByRole('note')).textContent).toContain('5 minutes behind the server')
  })

  test('the other way round too', async ({ world }) => {
    world.clock.skew('-1m')
    await signIn('alice')
    expect((await screen.findByRole('note')).textContent).toContain('1 minute ahead of the server')
  })

  test('is not worth a word within half a minute', async ({ world }) => {
    world.clock.skew('20s')
    await signIn('alice')
    await heading('Enter your PIN')
    expect(screen.queryByRole('note')).toBeNull()
  })
})

describe('trouble', () => {
  test('is told, and is over after another try', async ({ world }) => {
    world.faults.add({ on: 'secure-login.info', reply: { status: 503 }, times: 1 })
    show()
    await heading('Jira cannot be reached')
    expect(screen.getByRole('alert').textContent).toContain('503')
    await press('Try again')
    await heading('Sign in')
  })

  test('of a connection that breaks, too', async ({ msw }) => {
    msw?.use(http.get('*/api/info', () => HttpResponse.error(), { once: true }))
    show()
    await heading('Jira cannot be reached')
    await press('Try again')
    await heading('Sign in')
  })
})
