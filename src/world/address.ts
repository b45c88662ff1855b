import { headerValue, type HttpRequest } from '../core/http.ts'

/** Where a request comes from: the first address of `X-Forwarded-For` where that is trusted, else the peer. */
export function sourceAddress(request: HttpRequest, trustsProxy: boolean): string {
  if (!trustsProxy) return plainAddress(request.address)
  const forwarded = headerValue(request.headers, 'x-forwarded-for')?.split(',')[0]?.trim()
  return plainAddress(forwarded === undefined || forwarded === '' ? request.address : forwarded)
}

/** IPv4 addresses that an IPv6 socket reports as `::ffff:127.0.0.1`, without the wrapping. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address
}
