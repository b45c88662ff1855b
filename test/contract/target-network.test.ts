import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { loadTarget } from '../../src/contract/load-target.ts'
import type { LoadedTarget } from '../../src/contract/target/loaded-target.ts'
import { newDirectory } from './bench.ts'

type Env = { readonly [name: string]: string }

const tls = new URL('tls/', import.meta.url).pathname
const head = 'api: secure-login\nbaseUrl: https://jira.example/jira\n'

function load(text: string, env: Env = {}, directory = newDirectory()): Promise<LoadedTarget> {
  writeFileSync(join(directory, 'target.yaml'), text)
  return loadTarget('target.yaml', directory, env, Object.values(registry))
}

/** What is wrong with a target, line by line, without the sentence before it. */
async function wrong(text: string, env: Env = {}, directory = newDirectory()): Promise<string[]> {
  const error: unknown = await load(text, env, directory).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'ERR_TARGET_INVALID' })
  const lines = (error as Error).message.replaceAll(`${directory}/`, '').split('\n').slice(1)
  return lines.map((line) => line.trim())
}

/** What a line has to be: in all its words, or as far as a pattern goes. */
function fits(line: string, wanted: string | RegExp): boolean {
  return wanted instanceof RegExp ? wanted.test(line) : line === wanted
}

describe('what is wrong with the way to a server is told with its place', () => {
  it.each<[what: string, text: string, env: Env, lines: readonly (string | RegExp)[]]>([
    [
      'a certificate that is none',
      `${head}tls: { ca: ${tls}key.pem }`,
      {},
      [/^target\.yaml:3:12: tls\.ca: .*key\.pem holds no certificate in PEM/],
    ],
    [
      'a certificate of ours without its key',
      `${head}tls: { cert: ${tls}certificate.pem }`,
      {},
      ['target.yaml:3:14: tls.cert: A certificate needs its key: name the file as tls: key.'],
    ],
    [
      'a key without its certificate, and one that is none',
      `${head}tls: { key: ${tls}certificate.pem }`,
      {},
      [
        /tls\.key: .* holds no key in PEM/,
        'target.yaml:3:13: tls.key: A key needs its certificate: name the file as tls: cert.',
      ],
    ],
    [
      'a passphrase for nothing',
      `${head}tls: { passphrase: open }`,
      {},
      ['target.yaml:3:20: tls.passphrase: There is no key that it could open: name the file as tls: key.'],
    ],
    [
      'a proxy of another kind',
      `${head}proxy: socks5://proxy.example:1080`,
      {},
      [
        'target.yaml:3:8: proxy: "socks5://proxy.example:1080" is not the address of an HTTP proxy, such as http://proxy.example:3128, and not none.',
      ],
    ],
    [
      'a proxy of the environment that is none',
      head,
      { HTTPS_PROXY: 'https://proxy.example/path' },
      [
        'target.yaml:1:1: proxy: The variable HTTPS_PROXY of the environment is not the address of an HTTP proxy, such as http://proxy.example:3128. `proxy: none` passes over it.',
      ],
    ],
    [
      'a pace that is none, and retries without an end',
      `${head}pace: fast\nretries: 100`,
      {},
      [/^target\.yaml:3:7: pace: "fast" is not a duration/, /^target\.yaml:4:10: retries: 100 is /],
    ],
    [
      'headers that nobody can send',
      `${head}headers: { "x y": a, x-nul: "a\\0b", Content-Length: "5" }`,
      {},
      [
        /headers\.x y: "x y" is no header that HTTP can carry/,
        /headers\.x-nul: /,
        /"Content-Length" is the connection's/,
      ],
    ],
  ])('%s', async (_, text, env, lines) => {
    const found = await wrong(text, env)
    expect(found.filter((line, index) => !fits(line, lines[index] ?? ''))).toEqual([])
    expect(found).toHaveLength(lines.length)
  })

  it('a key that is encrypted, is opened otherwise, or belongs to another certificate', async () => {
    const directory = newDirectory()
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' } as const
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(join(directory, 'key.pem'), privateKey.export(cipher))
    copyFileSync(join(tls, 'certificate.pem'), join(directory, 'cert.pem'))
    const files = 'cert: cert.pem, key: key.pem'
    const told = async (more: string): Promise<string> =>
      (await wrong(`${head}tls: { ${files}${more} }`, {}, directory)).join('\n')
    expect(await told('')).toBe(
      'target.yaml:3:29: tls.key: key.pem is encrypted: give what opens it as tls: passphrase.',
    )
    expect(await told(', passphrase: open')).toBe('target.yaml:3:50: tls.passphrase: It does not open the key key.pem.')
    expect(await told(', passphrase: sesame')).toBe(
      'target.yaml:3:29: tls.key: key.pem does not belong to the certificate cert.pem.',
    )
  })
})

describe('proxies', () => {
  it.each<[what: string, line: string, env: Env, proxies: object]>([
    ['are none', '', {}, { http: '', https: '' }],
    [
      'are those of the environment',
      '',
      { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'https://b:2/' },
      { http: 'http://a:1', https: 'https://b:2/' },
    ],
    [
      'are those in small letters first',
      '',
      { HTTP_PROXY: 'http://a:1', http_proxy: 'http://c:3' },
      { http: 'http://c:3' },
    ],
    ['may have no scheme', '', { http_proxy: 'proxy.example:3128' }, { http: 'http://proxy.example:3128' }],
    ['are passed over where they are blank', '', { http_proxy: ' ' }, { http: '' }],
    ['are not for this machine', '', { no_proxy: 'x.example' }, { except: 'x.example,localhost,127.0.0.1,[::1]' }],
    ['are for nobody', '', { NO_PROXY: '*' }, { except: '*' }],
    [
      'are the one of the target',
      'proxy: http://d:4',
      { HTTP_PROXY: 'http://a:1', NO_PROXY: '*' },
      { http: 'http://d:4', https: 'http://d:4', except: '' },
    ],
    [
      'are none where the target says so',
      'proxy: none',
      { HTTP_PROXY: 'nonsense here' },
      { http: '', https: '', except: '' },
    ],
  ])('%s', async (_, line, env, proxies) => {
    expect((await load(head + line, env)).proxies).toMatchObject(proxies)
  })

  it('keep their passwords to themselves', async () => {
    const { secrets } = await load(`${head}proxy: "http://ci:\${PW}@proxy:3128"`, { PW: 'proxypw' })
    expect(secrets).toContain('proxypw')
    const { secrets: inEnvironment } = await load(head, { https_proxy: 'http://ci:other@proxy:3128' })
    expect(inEnvironment).toContain('other')
  })
})
