import { request } from 'node:https'
import { Readable } from 'node:stream'
import { rootCertificates } from 'node:tls'

/** A fetch for one server whose certificate is known and no authority's; Node's own takes no certificates. */
export function trustingFetch(certificate: string): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', headers = {}, body, signal } = init ?? {}
      const url = input instanceof Request ? input.url : input
      const asked = request(
        url,
        {
          method,
          ca: [...rootCertificates, certificate],
          headers: Object.fromEntries(new Headers(headers)),
          ...(signal === null || signal === undefined ? {} : { signal }),
        },
        (answer) => {
          const { statusCode = 0, headers: received } = answer
          const shown = Object.entries(received).map(([name, value]): [string, string] => [name, String(value)])
          resolve(
            new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, {
              status: statusCode,
              headers: shown,
            }),
          )
        },
      )
      asked.on('error', reject)
      asked.end(typeof body === 'string' ? body : undefined)
    })
}
