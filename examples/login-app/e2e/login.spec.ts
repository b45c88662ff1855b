import { expect, type Page } from '@playwright/test'
import { test } from 'auth-understudy/playwright'

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(username)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function enter(page: Page, pin: string): Promise<void> {
  await page.getByLabel('PIN').fill(pin)
  await page.getByRole('button', { name: 'Go on' }).click()
}

test('three wrong PINs block, and half an hour lets go', async ({ page, world }) => {
  await signIn(page, 'alice')
  for (const _ of [1, 2]) {
    await enter(page, '000000')
    await expect(page.getByRole('alert')).toContainText('That PIN was wrong')
  }
  await enter(page, '000000')
  await expect(page.getByRole('heading')).toHaveText('Too many wrong PINs')
  await world.advance('31m')
  await page.getByRole('button', { name: 'Try again' }).click()
  await enter(page, (await world.user('secure-login', 'alice')).code)
  await expect(page.getByRole('heading')).toHaveText('You are in')
})

test('a block counts down and lets go by itself', async ({ page, world }) => {
  await world.setUser('secure-login', 'alice', { state: 'blocked', for: '4s' })
  await signIn(page, 'alice')
  await expect(page.getByRole('time')).toHaveText(/0:0[1-6]/)
  await expect(page.getByRole('heading')).toHaveText('Enter your PIN')
})

test('a session outlives a reload, and ends where the server ends it', async ({ page, world }) => {
  await signIn(page, 'dave')
  await expect(page.getByRole('heading')).toHaveText('You are in')
  await page.reload()
  await expect(page.getByRole('heading')).toHaveText('You are in')
  await world.setUser('secure-login', 'dave', { state: 'expired' })
  await page.reload()
  await expect(page.getByRole('heading')).toHaveText('Sign in')
})

test('a code of an authenticator app lets in', async ({ page, world }) => {
  await world.setUser('secure-login', 'alice', { totp: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } })
  await signIn(page, 'alice')
  await enter(page, (await world.user('secure-login', 'alice')).code)
  await expect(page.getByRole('heading')).toHaveText('You are in')
})

test.describe('while the second factor is switched off', () => {
  test.use({ scenario: 'inactive' })

  test('one factor is enough', async ({ page }) => {
    await signIn(page, 'alice')
    await expect(page.getByText('The second factor is switched off for now.')).toBeVisible()
  })
})
