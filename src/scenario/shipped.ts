// Generated from scenarios/*.yaml by npm run generate.
import type { JsonObject } from '../core/json.ts'

/** Their names. */
export type ShippedName = 'blocked' | 'clock-drift' | 'cms-maintenance' | 'cms-observed' | 'cms-sessions' | 'cms-sso' | 'default' | 'faults' | 'inactive' | 'legacy-revision' | 'lockout' | 'network-change' | 'onboarding' | 'second-factor' | 'sirportly-accounts' | 'sirportly-networks' | 'sirportly-page' | 'sirportly-second-factor'

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
  "cms-maintenance": {
    "description": "The CMS is under maintenance; only ada, who may see the setting, can log in, and a session that was open goes on",
    "extends": "default",
    "gentics-cms": {
      "maintenance": true,
      "messages": [
        {
          "type": "WARNING",
          "message": "We are back at noon.",
          "sender": "ada"
        }
      ],
      "sessions": [
        {
          "sid": 1,
          "user": "node",
          "secret": "OpenedBefore001"
        }
      ]
    }
  },
  "cms-observed": {
    "description": "The vendor's open-source CMS as its source has it, where POST answers 200 and every login opens a session of its own",
    "extends": "default",
    "gentics-cms": {
      "dialect": "observed"
    }
  },
  "cms-sessions": {
    "description": "Sessions of the CMS that share a secret, one that ends in ten seconds and one that has ended, on a clock that stands",
    "extends": "default",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "gentics-cms": {
      "sessionFor": "1h",
      "sessions": [
        {
          "sid": 1,
          "user": "node",
          "secret": "SharedByTwo0001"
        },
        {
          "sid": 2,
          "user": "node",
          "secret": "SharedByTwo0001",
          "idle": "30m"
        },
        {
          "sid": 3,
          "user": "ada",
          "secret": "EndsInTenSecs03",
          "idle": "59m50s"
        },
        {
          "sid": 4,
          "user": "ada",
          "secret": "EndedLongAgo004",
          "idle": "2h"
        }
      ]
    }
  },
  "cms-sso": {
    "description": "Users come to the CMS by a bearer token, by a header of a proxy, or by an RSA signature",
    "extends": "default",
    "gentics-cms": {
      "sso": {
        "tokens": {
          "token-of-node": "node",
          "token-of-otto": "otto",
          "token-of-nobody": "nobody"
        },
        "header": "x-remote-user"
      },
      "rsa": {
        "publicKey": "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqD6aIB9zjEOwpDQ4ThzT\nFHvxk1nf+5DBMS00SGYW4NQ2wS9Jop5wyeWMZ7ZkyFVfduhX7SqxGr2zA3nZ3mPh\nHTdlPO+3DND4pkrZn9saPI6LvyCbkj9zfvg+7BDhHr9xrU+dTyyJ7hBOMkXcDHnb\nGg6AAP0kLF9TrYGBUcgDt5fbseZLmfD9k3gNQJugBOFQZCAZzkL96MjJgBsdaaV7\nCokEXxAkFiWU4Nc3GIXz36gAcDC6yWUJ9sBqaGmF4HgpfwZoXpzA6rgHN9bNGRR3\nBjocuXIoalp07D71KBKvtNoNFSaGH4BuN5AXGgIpRhi2ZAp7LQXh9Fu04z/3feW+\nAQIDAQAB\n-----END PUBLIC KEY-----\n"
      }
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
    },
    "sirportly": {
      "accounts": {
        "atech": {
          "name": "aTech Media",
          "domain": "atech.sirportly.example"
        },
        "fibreband": {
          "name": "Fibreband Ltd",
          "domain": "fibreband.sirportly.example"
        }
      },
      "users": [
        {
          "username": "adam",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "id": 6,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "fibreband",
          "apiAccess": true,
          "id": 36,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "ben",
          "password": "s3cret",
          "account": "atech",
          "id": 41,
          "firstName": "Ben",
          "lastName": "Barred",
          "emailAddress": "ben@help.example"
        },
        {
          "username": "eve",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "required": true
          },
          "id": 42,
          "firstName": "Eve",
          "lastName": "Early",
          "emailAddress": "eve@help.example"
        },
        {
          "username": "faye",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456"
          },
          "id": 43,
          "firstName": "Faye",
          "lastName": "Fixed",
          "emailAddress": "faye@help.example"
        },
        {
          "username": "lou",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "135791",
            "locked": true
          },
          "id": 44,
          "firstName": "Lou",
          "lastName": "Locked",
          "emailAddress": "lou@help.example"
        },
        {
          "username": "tess",
          "password": "s3cret",
          "account": "fibreband",
          "apiAccess": true,
          "twoFactor": {
            "totp": {
              "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
            }
          },
          "id": 45,
          "firstName": "Tess",
          "lastName": "Token",
          "emailAddress": "tess@help.example"
        }
      ]
    },
    "gentics-cms": {
      "users": {
        "node": {
          "password": "node",
          "id": 12345,
          "firstName": "Nora",
          "lastName": "Node",
          "email": "node@cms.example",
          "groups": [
            {
              "name": "Editors",
              "children": [
                {
                  "name": "Juniors"
                }
              ]
            }
          ]
        },
        "ada": {
          "password": "ada",
          "id": 12346,
          "firstName": "Ada",
          "lastName": "Admin",
          "email": "ada@cms.example",
          "groups": [
            {
              "name": "Administrators"
            }
          ],
          "seesMaintenance": true
        },
        "otto": {
          "password": "otto",
          "id": 12347,
          "firstName": "Otto",
          "lastName": "Outside",
          "email": "otto@cms.example",
          "state": "no-groups"
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
      },
      {
        "on": "secure-login.info",
        "headers": {
          "Retry-After": 120
        },
        "nth": 3
      },
      {
        "on": "secure-login.info",
        "contentType": "text/html",
        "nth": 4
      },
      {
        "on": "gentics-cms.globalprefix",
        "error": {
          "code": "FAILURE"
        },
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
  },
  "sirportly-accounts": {
    "description": "One Sirportly user in five accounts, each with another reason to be left out, and one account disabled",
    "extends": "default",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "sirportly": {
      "accounts": {
        "barred": {
          "name": "Barred plc",
          "domain": "barred.sirportly.example"
        },
        "closed": {
          "name": "Closed Inc",
          "domain": "closed.sirportly.example",
          "enabled": false
        },
        "other": {
          "name": "Other Words",
          "domain": "other.sirportly.example"
        }
      },
      "users": [
        {
          "username": "adam",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "id": 6,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "fibreband",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456"
          },
          "id": 36,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "barred",
          "id": 51,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "closed",
          "apiAccess": true,
          "id": 52,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "pa55word",
          "account": "other",
          "apiAccess": true,
          "id": 53,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "ben",
          "password": "s3cret",
          "account": "barred",
          "id": 54,
          "firstName": "Ben",
          "lastName": "Barred",
          "emailAddress": "ben@help.example"
        },
        {
          "username": "cleo",
          "password": "s3cret",
          "account": "closed",
          "apiAccess": true,
          "id": 55,
          "firstName": "Cleo",
          "lastName": "Closed",
          "emailAddress": "cleo@help.example"
        }
      ]
    }
  },
  "sirportly-networks": {
    "description": "Sirportly accounts that may be used from some networks only; X-Forwarded-For tells where requests come from",
    "extends": "default",
    "sirportly": {
      "trustProxy": true,
      "accounts": {
        "atech": {
          "allowFrom": []
        },
        "fibreband": {
          "allowFrom": [
            "127.0.0.1/32",
            "::1"
          ]
        },
        "office": {
          "name": "Office",
          "domain": "office.sirportly.example",
          "allowFrom": [
            "192.0.2.0/24",
            "2001:db8:1::/48"
          ]
        }
      },
      "users": [
        {
          "username": "adam",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "id": 6,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "fibreband",
          "apiAccess": true,
          "id": 36,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "office",
          "apiAccess": true,
          "id": 46,
          "firstName": "Adam",
          "lastName": "Anywhere",
          "emailAddress": "adam@help.example"
        },
        {
          "username": "olga",
          "password": "s3cret",
          "account": "office",
          "apiAccess": true,
          "id": 47,
          "firstName": "Olga",
          "lastName": "Office",
          "emailAddress": "olga@help.example"
        }
      ]
    }
  },
  "sirportly-page": {
    "description": "Sirportly as its page prints it; each example of the page is an answer of this scenario",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "sirportly": {
      "accounts": {
        "atech": {
          "name": "aTech Media",
          "domain": "atech.sirportly.com"
        },
        "fibreband": {
          "name": "Fibreband Ltd",
          "domain": "fibreband.sirportly.com"
        },
        "office": {
          "name": "Office",
          "domain": "office.sirportly.com",
          "allowFrom": [
            "192.0.2.0/24"
          ]
        }
      },
      "users": [
        {
          "username": "adam",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "id": 6,
          "firstName": "Adam",
          "lastName": "Cooke",
          "emailAddress": "adam@atechmedia.com",
          "createdAt": "2012-01-12T22:09:01Z",
          "permissions": {
            "admin": true
          },
          "apiToken": {
            "token": "[token here]",
            "secret": "[secret here]"
          }
        },
        {
          "username": "adam",
          "password": "s3cret",
          "account": "fibreband",
          "apiAccess": true,
          "id": 36,
          "firstName": "Adam",
          "lastName": "Cooke",
          "emailAddress": "adam@atechmedia.com",
          "createdAt": "2012-02-01T16:07:56Z",
          "permissions": {
            "admin": true
          },
          "apiToken": {
            "token": "[token here]",
            "secret": "[secret here]"
          }
        },
        {
          "username": "ben",
          "password": "s3cret",
          "account": "atech",
          "id": 41,
          "firstName": "Ben",
          "lastName": "Barred",
          "emailAddress": "ben@help.example"
        },
        {
          "username": "eve",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "required": true
          },
          "id": 42,
          "firstName": "Eve",
          "lastName": "Early",
          "emailAddress": "eve@help.example"
        },
        {
          "username": "faye",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456"
          },
          "id": 43,
          "firstName": "Faye",
          "lastName": "Fixed",
          "emailAddress": "faye@help.example"
        },
        {
          "username": "lou",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "135791",
            "locked": true
          },
          "id": 44,
          "firstName": "Lou",
          "lastName": "Locked",
          "emailAddress": "lou@help.example"
        },
        {
          "username": "olga",
          "password": "s3cret",
          "account": "office",
          "apiAccess": true,
          "id": 47,
          "firstName": "Olga",
          "lastName": "Office",
          "emailAddress": "olga@help.example"
        }
      ]
    }
  },
  "sirportly-second-factor": {
    "description": "Sirportly's second factor in every state around the lock after five wrong codes, on a clock that stands",
    "extends": "default",
    "clock": {
      "at": "2026-01-15T09:00:00Z",
      "frozen": true
    },
    "sirportly": {
      "lockAfter": 5,
      "users": [
        {
          "username": "nora",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "id": 1,
          "firstName": "Nora",
          "lastName": "None",
          "emailAddress": "nora@help.example"
        },
        {
          "username": "eve",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "required": true
          },
          "id": 2,
          "firstName": "Eve",
          "lastName": "Early",
          "emailAddress": "eve@help.example"
        },
        {
          "username": "zoe",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456"
          },
          "id": 3,
          "firstName": "Zoe",
          "lastName": "Zero",
          "emailAddress": "zoe@help.example"
        },
        {
          "username": "flo",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456",
            "failures": 4
          },
          "id": 4,
          "firstName": "Flo",
          "lastName": "Four",
          "emailAddress": "flo@help.example"
        },
        {
          "username": "lou",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456",
            "locked": true
          },
          "id": 5,
          "firstName": "Lou",
          "lastName": "Locked",
          "emailAddress": "lou@help.example"
        },
        {
          "username": "lee",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "code": "123456",
            "locked": true,
            "until": "+1s"
          },
          "id": 6,
          "firstName": "Lee",
          "lastName": "Last Second",
          "emailAddress": "lee@help.example"
        },
        {
          "username": "tess",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "totp": {
              "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
            }
          },
          "id": 7,
          "firstName": "Tess",
          "lastName": "Token",
          "emailAddress": "tess@help.example"
        },
        {
          "username": "theo",
          "password": "s3cret",
          "account": "atech",
          "apiAccess": true,
          "twoFactor": {
            "totp": {
              "secret": "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
            },
            "failures": 4
          },
          "id": 8,
          "firstName": "Theo",
          "lastName": "Token",
          "emailAddress": "theo@help.example"
        },
        {
          "username": "ben",
          "password": "s3cret",
          "account": "atech",
          "twoFactor": {
            "code": "123456",
            "locked": true
          },
          "id": 9,
          "firstName": "Ben",
          "lastName": "Barred",
          "emailAddress": "ben@help.example"
        }
      ]
    }
  }
}
