import type { Trial } from '../../core/kit.ts'

// A key pair was made for this, one text was signed with it, and the private half was thrown away.
const publicKey = [
  '-----BEGIN PUBLIC KEY-----',
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0rLQ6IMtCx58nQMdskxO',
  'Gy7sMT7Xp+HgTw0V5tqrWFuJYHsql6pTdLSMOHXgN2y4NjlW3nsiEqU16dkzKp3A',
  '6LMdtfUJNQJO/+E/fCZCWVIJ8+KkJZh6DUE33ktDtXxABaSqh/OA9oR8VHs+2uwM',
  '6JaH8mcTgRFp8INY1V35cbvTMoqWvJ4uPbhti+LC4Y84tZ9RFjBICwBDUAYCgQBL',
  'eTi/u0hocU0uYxr+73QKT2VUmgxZ9SofCPrOQ0I9lEDnQJT7C4Kp4TSbjLDndKKU',
  'InieS6eB6GSY71YkGzWBwsvehlwYDfHy2zKrjODSTgtJO1sVxNwOeMGB4skQAh71',
  'pwIDAQAB',
  '-----END PUBLIC KEY-----',
].join('\n')
const rsaSignature = [
  's4VJR81srEtVaWHCrvMckdQ0crT0wrwuoyVADF8rFo1aW5SOKT0E5Y5WxPSYO2muxaKqnMbEY5PBd4eI1Va/2I1QTW7rTaAv',
  '+isfTqbCs8kTLHCkO759pfaXSOf5ZLEPymy4uiA6QArReEWyU+G5vVOFBOv/d0iem+EO11XZfHcRqMrORlkTPkkETDaIrhZn',
  'Hu5KoNMHwJZkQ/pK0PPiOO5QajyANwi8nXpv3yDD/GvYzfNCt2XWytwBypb9vurfA0/wwCg4Ojm2tY20yzsk8ZjHsTGK6F1X',
  'tCwqP2dCC7oyNFNnk2epE7UEpd/rpBkEgARiZDUboSMrXC/IhaNTqA==',
].join('')

/** A CMS made up to try the kit on: with an SSO token, and a signature of the user nora. */
export const trial: Trial = {
  settings: { rsa: { publicKey } },
  pin: '',
  facts: { ssoToken: 'token-of-nora', salt: 'pepper', expirationTimestamp: 1900000000, rsaSignature },
}
