/** A scenario whose texts steer terminals and CI systems. */
export const evilScenario: object = {
  description: 'evil \u001b[31mRED\u001b[0m \u001b]0;PWN\u0007\n::error file=x::pwn',
  'secure-login': {
    users: {
      'al\u001b[2Jice': { state: 'enter', pin: '910817', password: 'pw' },
      'b\u009b31mob': { state: 'enter', pin: '910817', password: 'pw\u202e' },
      'rtl\u202egnp': { state: 'enter', pin: '910817', password: 'pw' },
      'nl\nFAKE LINE  enter': { state: 'enter', pin: '910817', password: 'pw' },
      '##[error]\u200bpwn': { state: 'enter', pin: '910817', password: '::error::pwn' },
    },
  },
  'gentics-cms': { users: { 'g\u001b[31m\n::error::pwn': { password: 'p\u2028w\u007f' } } },
  sirportly: { accounts: { abc: {} }, users: [{ username: 's\u001b[31m\nFAKE', account: 'abc', password: 'p\u0007' }] },
  people: { 'p\u001b]8;;http://evil\u0007x': { firstName: 'F\u001b[5m', 'secure-login': { state: 'enter' } } },
}

/** Names and passwords that a shell would take for more than words. */
export const shellTexts: readonly string[] = [
  '$(touch PWN)',
  '`touch PWN`',
  "' ; touch PWN ; '",
  '" ; touch PWN ; "',
  'a;touch PWN',
  'a&touch PWN&',
  'a|touch PWN',
  'a>PWN',
  'two  words',
  '-rf',
  '--help',
  '@PWN',
  '~',
  '*',
  '!!',
  'a\\',
  'a\ntouch PWN\n#',
  '\u001b[31m',
  'é 😀',
  '%41+&=',
]
