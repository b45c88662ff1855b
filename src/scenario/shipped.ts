// Generated from scenarios/*.yaml by npm run generate.
import type { JsonObject } from '../core/json.ts'

/** The scenarios that come with the package, by name. */
export const shipped: { readonly [name: string]: JsonObject } = {
  "blocked": {
    "description": "Blocks that end in a second, in half an hour and tomorrow, on a clock that stands",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "secure-login": {
      "users": {
        "soon": {
          "state": "blocked",
          "until": "+1s",
          "pin": "910817",
          "displayName": "Sam Soon",
          "emailAddress": "soon@jira.example"
        },
        "later": {
          "state": "blocked",
          "until": "+30m",
          "pin": "910817",
          "displayName": "Lara Later",
          "emailAddress": "later@jira.example"
        },
        "tomorrow": {
          "state": "blocked",
          "until": "+1d",
          "pin": "910817",
          "displayName": "Tom Morrow",
          "emailAddress": "tomorrow@jira.example"
        },
        "free": {
          "state": "enter",
          "pin": "910817",
          "displayName": "Fran Free",
          "emailAddress": "free@jira.example"
        }
      }
    }
  },
  "clock-drift": {
    "description": "The server's clock is five minutes ahead of everybody's phone, so that time-based PINs fail",
    "extends": "second-factor",
    "clock": {
      "skew": "5m"
    }
  },
  "default": {
    "description": "One user in each state, for a first look",
    "secure-login": {
      "users": {
        "alice": {
          "state": "enter",
          "pin": "910817",
          "displayName": "Alice Enter",
          "emailAddress": "alice@jira.example"
        },
        "bob": {
          "state": "onboarding",
          "pin": "246810",
          "displayName": "Bob Onboarding",
          "emailAddress": "bob@jira.example"
        },
        "carol": {
          "state": "blocked",
          "for": "30m",
          "pin": "135791",
          "displayName": "Carol Blocked",
          "emailAddress": "carol@jira.example"
        },
        "dave": {
          "state": "bypass",
          "pin": "112358",
          "displayName": "Dave Bypass",
          "emailAddress": "dave@jira.example"
        }
      }
    }
  },
  "faults": {
    "description": "A server having a bad day, one fault for each kind and operation",
    "extends": "default",
    "seed": 7,
    "faults": [
      {
        "on": "secure-login.auth",
        "reply": {
          "status": 503
        },
        "times": 2
      },
      {
        "on": "secure-login.info",
        "delay": "1500ms",
        "nth": 2
      },
      {
        "on": "secure-login.user",
        "omit": "state",
        "nth": 2
      },
      {
        "on": "secure-login.user",
        "break": "truncate",
        "nth": 3
      },
      {
        "on": "secure-login.user",
        "break": "malformed",
        "nth": 4
      },
      {
        "on": "secure-login.session",
        "break": "reset",
        "probability": 0.5
      },
      {
        "on": "secure-login.login",
        "dropCookie": true,
        "user": "dave",
        "times": 1
      }
    ]
  },
  "inactive": {
    "description": "The plug-in is switched off; the app should go on without a second factor, and ask again",
    "extends": "default",
    "secure-login": {
      "active": false
    }
  },
  "legacy-revision": {
    "description": "The revision of the API before its correction, with 406 and 410 the other way round",
    "extends": "default",
    "secure-login": {
      "revision": "legacy"
    }
  },
  "lockout": {
    "description": "A user at every failure count around the limit of three, on a clock that stands",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "secure-login": {
      "blockAfter": 3,
      "blockFor": "30m",
      "users": {
        "zoe": {
          "pin": "910817",
          "failures": 0,
          "displayName": "Zoe Zero",
          "emailAddress": "zoe@jira.example"
        },
        "olga": {
          "pin": "910817",
          "failures": 1,
          "displayName": "Olga One",
          "emailAddress": "olga@jira.example"
        },
        "tim": {
          "pin": "910817",
          "failures": 2,
          "displayName": "Tim Two",
          "emailAddress": "tim@jira.example"
        },
        "bea": {
          "pin": "910817",
          "state": "blocked",
          "until": "+30m",
          "displayName": "Bea Blocked",
          "emailAddress": "bea@jira.example"
        },
        "lee": {
          "pin": "910817",
          "state": "blocked",
          "until": "+1s",
          "displayName": "Lee Last Second",
          "emailAddress": "lee@jira.example"
        }
      }
    }
  },
  "network-change": {
    "description": "Sessions are bound to the address, which X-Forwarded-For tells; a phone that changes its network enters the PIN again",
    "extends": "default",
    "secure-login": {
      "trustProxy": true,
      "bindSessionToIp": true
    }
  },
  "onboarding": {
    "description": "Users who have not finished onboarding, which takes a desktop browser, and one who just did",
    "secure-login": {
      "users": {
        "nina": {
          "state": "onboarding",
          "pin": "910817",
          "displayName": "Nina New",
          "emailAddress": "nina@jira.example"
        },
        "omar": {
          "state": "onboarding",
          "pin": "246810",
          "displayName": "Omar Open",
          "emailAddress": "omar@jira.example"
        },
        "dora": {
          "state": "enter",
          "pin": "135791",
          "displayName": "Dora Done",
          "emailAddress": "dora@jira.example"
        }
      }
    }
  },
  "second-factor": {
    "description": "Time-based PINs, for an authenticator app; one user still has a fixed PIN",
    "secure-login": {
      "users": {
        "tara": {
          "totp": {
            "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
          },
          "displayName": "Tara Token",
          "emailAddress": "tara@jira.example"
        },
        "theo": {
          "totp": {
            "secret": "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
          },
          "failures": 2,
          "displayName": "Theo Token",
          "emailAddress": "theo@jira.example"
        },
        "alice": {
          "pin": "910817",
          "displayName": "Alice Fixed",
          "emailAddress": "alice@jira.example"
        }
      }
    }
  }
}
