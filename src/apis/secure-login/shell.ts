import { apiPath, productPath, sessionPath } from './paths.ts'

const url = '$UNDERSTUDY_SECURE_LOGIN_URL'
const api = url + apiPath
const session = url + sessionPath
const logIn = (username: string, password = username): string =>
  `curl -c jar -H 'content-type: application/json' -d '{"username":"${username}","password":"${password}"}' ${session}`
const pin = (digits: string, more = '-u alice:alice'): string =>
  `curl ${more} -H 'content-type: text/plain' -d '${digits}' ${api}/auth`

/** The lines for a shell by which clauses are met, with the default scenario. */
export const shell = {
  api,
  product: url + productPath,
  session,
  logIn,
  alice: logIn('alice'),
  wrongPassword: logIn('alice', 'wrong'),
  pin,
  /** In the session that is open. */
  rightPin: pin('910817', '-b jar'),
  wrongPin: pin('000000', '-b jar'),
  user: `curl -b jar ${api}/user`,
  set: (setting: string): string => `understudy api set secure-login ${setting}`,
}
