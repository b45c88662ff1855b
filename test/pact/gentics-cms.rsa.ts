import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { authPath, inJson, type Interaction } from './gentics-cms.asking.ts'

const read = (path: string): string => readFileSync(new URL(`../../scenarios/${path}`, import.meta.url), 'utf8')
const privateKey = read('cms-sso.private-key.pem')

/** The key of the scenario cms-sso. */
export const publicKey: string =
  /-----BEGIN PUBLIC KEY-----[^]*-----END PUBLIC KEY-----/.exec(read('cms-sso.yaml').replaceAll(/^ +/gm, ''))?.[0] ?? ''

/** Until half past nine. */
const until = Date.UTC(2026, 0, 15, 9, 30) / 1000

/** A login that another system has signed. */
export const rsaLogin = {
  username: 'node',
  salt: 'pepper',
  expirationTimestamp: until,
  rsaSignature: createSign('RSA-SHA256').update(`nodepepper${until}`).sign(privateKey, 'base64'),
}

export function logsInWithRsa(body: typeof rsaLogin): Pick<Interaction, 'request' | 'perform' | 'anonymous'> {
  return {
    request: { method: 'POST', path: `${authPath}/loginwithrsa`, query: { sid: '0' }, headers: inJson, body },
    anonymous: true,
    perform: ({ client }) => client.loginWithRsa(body),
  }
}
