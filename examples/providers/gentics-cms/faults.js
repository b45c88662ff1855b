// @ts-check

/**
 * What the open-source server can be made to get wrong, one at a time: for trying whatever checks it.
 *
 * @type {{ readonly [name: string]: string }}
 */
export const faults = {
  'any-password': 'every password is right',
  'empty-password': 'an empty password is right',
  'no-groups': 'who is in no group gets in',
  failure: 'wrong credentials are a FAILURE',
  'tells-users': 'words tell an unknown user from a wrong password',
  fixation: 'a login takes the secret that the client has brought',
  'sid-number': 'the sid is a number',
  'no-cookie': 'the secret is not set as a cookie',
  'readable-cookie': 'scripts can read the cookie',
  'cookie-for-all-sites': 'the cookie is sent from every site',
  'password-told': 'users are told with login and password',
  'no-email': 'users have no e-mail address',
  'any-secret': 'any secret makes a token valid',
  'bare-sid': 'the number of a session is a token',
  'validating-prolongs': 'validating keeps a session young',
  'never-ages': 'sessions do not grow old',
  'no-logout': 'a logout ends nothing',
  'logout-by-number': 'nobody has to know the secret to log somebody out',
  'logout-takes-cookie': 'a logout of one has the cookie deleted',
  'keeps-cookie': 'a logout of all leaves the cookie alone',
  'me-by-number': 'the own user is told to whoever knows the number of a session',
  'sso-by-number': 'SSO knows a session by its number',
  'sso-token': 'SSO answers with the secret as well',
  html: 'SSO answers in HTML',
  'no-maintenance': 'maintenance keeps nobody out',
  'anonymous-hashes': 'passwords are hashed for everybody',
  'always-matches': 'every password matches every hash',
  'same-hash': 'equal passwords have equal hashes',
  'other-hash': 'hashes are of another kind',
  'unknown-members': 'bodies may have any members',
  'missing-body': 'a missing body is 400',
  'any-type': 'bodies may be of any type',
  'any-accept': 'the Accept header is not looked at',
  'wrong-method': 'a wrong method is 404',
  'no-suffix': 'there is no suffix .json',
}
