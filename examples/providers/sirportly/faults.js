// @ts-check

/**
 * What the server can be made to get wrong, one at a time: for trying whatever checks it.
 *
 * @type {{ readonly [name: string]: string }}
 */
export const faults = {
  'no-application': 'no application has to be named',
  'post-only': 'only POST is answered',
  'ignores-query': 'parameters in the query are not read',
  'any-password': 'every password is right',
  'no-password': 'nobody has to send a password',
  'any-account': 'whoever is right in one account is let into each',
  'account-first': 'the account is looked at before the credentials',
  'address-first': 'the address is looked at before the credentials',
  'lock-first': 'a lock is told to whoever has a wrong password',
  'access-first': 'missing API access is told to whoever has a wrong password',
  'tells-users': 'an answer says whether it was the name or the password',
  'no-echo': 'the password does not come back',
  'masked-echo': 'the password comes back masked',
  'first-only': 'without an account one user is listed',
  'lists-everybody': 'without an account users without API access are listed as well',
  'list-of-one': 'with an account the answer is a list',
  'no-access-check': 'API access is not looked at',
  'no-address-check': 'networks are not looked at',
  'no-ip': 'nobody is told from which address',
  'unnamed-account': 'the message does not say which account was not found',
  'factor-not-required': 'whoever has to set up a second factor is let in without one',
  'no-code': 'whoever sends no code is let in',
  'any-code': 'every code is right',
  'never-locks': 'no number of wrong codes locks',
  'lock-opens': 'the right code is taken while locked',
  'other-lock-word': 'a lock is told in another word',
  'no-reset': 'the right code does not clear the count of wrong ones',
  'counts-missing': 'a code that is missing counts as a wrong one',
  'counts-without-password': 'wrong codes count although the password is wrong',
  'lock-grows': 'a code that is sent while locked begins the lock anew',
  'new-tokens': 'each login gives a new token',
  'id-text': 'ids are texts',
  'no-question-mark': 'activated? has no question mark',
  'created-number': 'created_at is a number',
  'no-secret': 'the token comes without its secret',
  'password-told': 'users are shown with their passwords',
  created: 'whoever signs in gets 201',
  'plain-text': 'answers say they are plain text',
}
