import { hashExample } from './retell-body.ts'

const url = '$UNDERSTUDY_GENTICS_CMS_URL'
const api = `${url}/rest/auth`
const post = (operation: string, body: string, more = ''): string =>
  `curl${more} -H 'content-type: application/json' -d '${body}' "${api}/${operation}"`
const key = 'node_modules/auth-understudy/scenarios/cms-sso.private-key.pem'

/** The lines for a shell by which clauses are met, with the default scenario. */
export const shell = {
  url,
  api,
  post,
  logIn: post('login?sid=0', '{"login":"node","password":"node"}', ' -c jar'),
  // The first session of a scenario has the sid 1, and the jar its secret.
  token: '1$(tail -1 jar | cut -f7)',
  hashInSession: post('hashpassword?sid=1', '{"password":"s3cret","userId":12345}', ' -b jar'),
  rsa: post(
    'loginwithrsa?sid=0',
    '{"username":"node","salt":"pepper","expirationTimestamp":4102444800,"rsaSignature":"SIGNATURE"}',
  ),
  signature: `$(printf nodepepper4102444800 | openssl dgst -sha256 -sign ${key} | base64 | tr -d '\\n')`,
  playSso: 'understudy scenario use cms-sso',
  hashExample,
}
