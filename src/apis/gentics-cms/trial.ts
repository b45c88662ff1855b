import type { Trial } from '../../core/kit.ts'
import { defaultPayload } from './settings.ts'

/** The key of the scenario cms-sso, whose private half lies beside it. */
const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqD6aIB9zjEOwpDQ4ThzT
FHvxk1nf+5DBMS00SGYW4NQ2wS9Jop5wyeWMZ7ZkyFVfduhX7SqxGr2zA3nZ3mPh
HTdlPO+3DND4pkrZn9saPI6LvyCbkj9zfvg+7BDhHr9xrU+dTyyJ7hBOMkXcDHnb
Gg6AAP0kLF9TrYGBUcgDt5fbseZLmfD9k3gNQJugBOFQZCAZzkL96MjJgBsdaaV7
CokEXxAkFiWU4Nc3GIXz36gAcDC6yWUJ9sBqaGmF4HgpfwZoXpzA6rgHN9bNGRR3
BjocuXIoalp07D71KBKvtNoNFSaGH4BuN5AXGgIpRhi2ZAp7LQXh9Fu04z/3feW+
AQIDAQAB
-----END PUBLIC KEY-----
`

/** With what the kit is tried: a key, and a signature by it that holds until 2030 for a user named nora. */
export const trial: Trial = {
  settings: { rsa: { publicKey, payload: defaultPayload } },
  pin: '',
  usernames: { signed: 'nora' },
  facts: {
    ssoToken: 'token-of-sam',
    salt: 'pepper',
    expirationTimestamp: 1_900_000_000,
    rsaSignature:
      'dCEy+ep8Nvv1SkqO1yywGF3jyNIiecg1AgfjeyODqOjitslissPUEhUGdtwPJ0f0FD+hyk2vJcI0cMyFJG8Ds9/ALcm788NXC/9J' +
      '28yfH1Aw/BR+6S1L/56fD6IYfR2AEv+UeWu4er1LSidhDXFxMlwSS3+j7go4Qk88RYDhEPGaEojbncWLQ7nkQYskCOWe32dEwrgv' +
      'Ci/EKghgP8ZrdkGEfAOZed2GiTOBKqV6Bwuyb+VXZ6Xf4Slp1ZOVQSm8sGILko2gzH2ipTDjgUEvjejF5y+fdRG5NGuNmhvJ9fqN' +
      'cu87G/QCMHPH/64N9wZ9o4k/yrkD3mMDntSO8iI6vw==',
  },
}
