import type { About, Builder } from './field.ts'

// What a schema can tell; what an address says is left to reading.
const spelled = /^\s*(?:\w+:\/\/\S+|(?:[A-Za-z2-7][ -]*){8,}=*)\s*$/

/**
 * Describes the secret of an authenticator app, however people have it: in Base32, in groups with spaces or hyphens and
 * in either case, as accounts pages show it, or as the `otpauth://totp/…` address that is in a QR code.
 */
export const totpSecret: Builder<string> = (notes: About) => ({
  kind: 'text',
  ...notes,
  pattern: spelled,
  shape: 'Base32 of at least 8 letters, or an otpauth://totp/… address with such a secret (SHA1, 6 digits, 30 s)',
  read: readTotpSecret,
  secret: true,
})

/** A secret as it is kept: upper-case Base32 without spaces; undefined for what is none, or asks for other codes. */
export function readTotpSecret(written: string): string | undefined {
  const shown = /^\s*otpauth:/i.test(written) ? secretOf(written.trim()) : written
  const secret = shown?.replaceAll(/[\s-]+/g, '').toUpperCase()
  return secret !== undefined && /^[A-Z2-7]{8,}=*$/.test(secret) ? secret : undefined
}

// The parameters of an address, each with the only value that is played; apps take it as well where it is left out.
const played = { algorithm: 'SHA1', digits: '6', period: '30' }

/** The secret in the address of a key (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
function secretOf(address: string): string | undefined {
  if (!/^otpauth:\/\/totp\//i.test(address) || !URL.canParse(address)) return undefined
  const { searchParams } = new URL(address)
  const fits = Object.entries(played).every(
    ([name, value]) => (searchParams.get(name) ?? value).toUpperCase() === value,
  )
  return fits ? (searchParams.get('secret') ?? undefined) : undefined
}
