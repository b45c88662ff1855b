import '@angular/compiler'
import { HttpClient, provideHttpClient, withFetch } from '@angular/common/http'
import { provideZonelessChangeDetection } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing'
import { test } from 'auth-understudy/vitest'
import { firstValueFrom } from 'rxjs'
import { expect } from 'vitest'

TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting())
const api = 'https://jira.example/jira/rest/securelogin-admin/1.0/api'
const headers = { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }

for (const [name, features] of [
  ['fetch', [withFetch()]],
  ['XMLHttpRequest', []],
]) {
  test(`blocks after three wrong PINs, by ${name}`, async ({ world }) => {
    TestBed.resetTestingModule()
    TestBed.configureTestingModule({ providers: [provideZonelessChangeDetection(), provideHttpClient(...features)] })
    const http = TestBed.inject(HttpClient)
    const options = { withCredentials: true }
    const credentials = { username: 'alice', password: 'alice' }
    await firstValueFrom(http.post('https://jira.example/jira/rest/auth/1/session', credentials, options))
    for (const pin of ['000000', '111111', '222222']) {
      const wrong = firstValueFrom(http.post(`${api}/auth`, pin, { ...options, headers }))
      await expect(wrong).rejects.toMatchObject({ status: 401 })
    }
    expect(await firstValueFrom(http.get(`${api}/user`, options))).toMatchObject({ state: 'blocked' })
    expect(world).toHaveAsked('secure-login.auth', { times: 3 })
  })
}
