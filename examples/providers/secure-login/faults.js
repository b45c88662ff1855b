// @ts-check

/**
 * What the server can be made to get wrong, one at a time: for trying whatever checks it.
 *
 * @type {{ readonly [name: string]: string }}
 */
export const faults = {
  'info-text': 'active is a text',
  'info-gone': '/info answers 410 while the plug-in is inactive',
  'local-time': 'server_time is local time that says it is GMT',
  'time-number': 'server_time is a number',
  'state-renamed': 'who has to enter the PIN is told "pin"',
  'state-html': 'the state says that it is a page',
  'named-user': 'the user is taken from the request, if it names one',
  'any-pin': 'every PIN is right',
  'pin-number': 'the PIN is read as a number',
  'no-charset': 'text/plain with a charset is refused',
  'pin-unnoted': 'the right PIN authenticates nothing',
  'all-sessions': 'a right PIN authenticates every session of the user',
  'accepted-body': 'the right PIN is answered with a body',
  'wrong-forbidden': 'a wrong PIN is answered with 403',
  'wrong-body': 'a wrong PIN is answered with a body',
  'never-blocks': 'no number of wrong PINs blocks',
  'blocks-late': 'one wrong PIN too many is allowed',
  'blocks-early': 'the last PIN but one blocks already',
  'wrong-logs-out': 'a wrong PIN ends the session',
  'short-block': 'a block lasts a third of what is set',
  'right-unblocks': 'the right PIN ends a block',
  'never-unblocks': 'a block does not end by itself',
  'until-local': 'until is local time that says it is GMT',
  'until-number': 'until is a number',
  'no-reason': 'a block has no reason',
  'other-reason': 'a block has a reason that nobody knows',
  'blocked-always': 'blocked is there in every state',
  'onboarding-refused': 'a PIN in onboarding is wrong',
  'onboarding-finished': 'a PIN in onboarding finishes it',
  'inactive-state': '/user answers as usual while the plug-in is inactive',
  'inactive-pin': '/auth answers as usual while the plug-in is inactive',
  'never-expires': 'sessions do not end by themselves',
  'moved-out': 'who enters the PIN in another network is refused',
}

/** What the host around it gets wrong: no vendor of this API says so, and a server with it differs. */
export const hostFaults = {
  'same-session': 'a login goes on in the session that it came with',
  'tells-users': 'an unknown user is told so',
  'no-logout': 'a logout ends nothing',
}
