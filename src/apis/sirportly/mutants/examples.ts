// Written by test/suites/examples.test.ts, with UPDATE_TRANSCRIPTS=1.
import type { Examples } from '../../../core/reply-mutants.ts'

/** What is answered, by the clause that is played: of this the mutants of replies are made. */
export const examples: Examples = {
  'SP-05': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2012-01-12T22:09:01+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":true,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"token-6\",\"secret\":\"secret-6\"}},{\"id\":36,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"Europe/Vienna\",\"created_at\":\"2012-02-01T16:07:56+00:00\",\"activated?\":false,\"invite_code\":\"join-us\",\"permissions\":{\"admin\":false,\"reporting\":false,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Fibreband Ltd\",\"permalink\":\"fibreband\",\"domain\":\"fibreband.sirportly.example\",\"domain_with_protocol\":\"https://fibreband.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"token-36\",\"secret\":\"secret-36\"}}]}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[{\"id\":53,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2016-11-19T01:59:37+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Other Words\",\"permalink\":\"other\",\"domain\":\"other.sirportly.example\",\"domain_with_protocol\":\"https://other.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"523134ea-8a2e-b6c2-7bbb-59169b2248cd\",\"secret\":\"nuqixrj5mx23l2fmn8o7zbrmlhj6o6735mcjr3yvr0ruu1bzlurs\"}}]}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2013-12-07T07:56:26+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"b76add71-755e-116e-75d9-bca9620f985c\",\"secret\":\"xwn1kykhl81rs2r4x3yv309v8hec8lhiknare2x8gqu7vjy6595b\"}},{\"id\":51,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2017-08-16T17:52:53+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Barred plc\",\"permalink\":\"barred\",\"domain\":\"barred.sirportly.example\",\"domain_with_protocol\":\"https://barred.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"42fc712d-ff6f-334f-693d-79ef6736c4f6\",\"secret\":\"cpfrqaiykp7po0fdi3zn6t7khynqntdz2tithq1c11djwq5ogvxa\"}}]}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Cooke\",\"email_address\":\"adam@atechmedia.com\",\"time_zone\":\"London\",\"created_at\":\"2012-01-12T22:09:01+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":true,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.com\",\"domain_with_protocol\":\"https://atech.sirportly.com\",\"enabled\":true},\"api_token\":{\"token\":\"[token here]\",\"secret\":\"[secret here]\"}},{\"id\":36,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Cooke\",\"email_address\":\"adam@atechmedia.com\",\"time_zone\":\"London\",\"created_at\":\"2012-02-01T16:07:56+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":true,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Fibreband Ltd\",\"permalink\":\"fibreband\",\"domain\":\"fibreband.sirportly.com\",\"domain_with_protocol\":\"https://fibreband.sirportly.com\",\"enabled\":true},\"api_token\":{\"token\":\"[token here]\",\"secret\":\"[secret here]\"}}]}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2013-12-07T07:56:26+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"b76add71-755e-116e-75d9-bca9620f985c\",\"secret\":\"xwn1kykhl81rs2r4x3yv309v8hec8lhiknare2x8gqu7vjy6595b\"}},{\"id\":46,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2015-06-07T16:51:44+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Office\",\"permalink\":\"office\",\"domain\":\"office.sirportly.example\",\"domain_with_protocol\":\"https://office.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"1e103a54-245e-d602-acd2-64c352bdd7d1\",\"secret\":\"nvxytlbmyttvj6wiv6w87ks6jewrau107moer83hl2zmkc6vrtyy\"}}]}"},
  ],
  'SP-06': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2012-01-12T22:09:01+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":true,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"token-6\",\"secret\":\"secret-6\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":43,\"username\":\"faye\",\"first_name\":\"Faye\",\"last_name\":\"Fixed\",\"email_address\":\"faye@help.example\",\"time_zone\":\"London\",\"created_at\":\"2015-08-29T21:22:35+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"f98c12cd-830d-9d3a-be0d-94f4bdea0bb2\",\"secret\":\"gvp4b9hh28kx6h8jhhgo3yqu5efh724tg06herweqdjmzcmfx7q4\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":627075,\"username\":\"ben\",\"first_name\":\"Ben\",\"last_name\":\"Barred\",\"email_address\":\"ben@help.example\",\"time_zone\":\"London\",\"created_at\":\"2014-03-13T06:11:57+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"a143d7eb-2879-90e3-d099-c901a8140f63\",\"secret\":\"kiyuzuy4j994rzlfzbt7u2sr6k7u28wobu37b7dm9n43bfr98w7y\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":36,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Anywhere\",\"email_address\":\"adam@help.example\",\"time_zone\":\"London\",\"created_at\":\"2019-11-22T08:02:44+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Fibreband Ltd\",\"permalink\":\"fibreband\",\"domain\":\"fibreband.sirportly.example\",\"domain_with_protocol\":\"https://fibreband.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"f5379605-3b8b-6ca9-ce17-c97179dd61c2\",\"secret\":\"d7a3yvs5o4n1sa6zmlewtc8uk5p7vpp2ptjvpm6nph8juzt63cj7\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":47,\"username\":\"olga\",\"first_name\":\"Olga\",\"last_name\":\"Office\",\"email_address\":\"olga@help.example\",\"time_zone\":\"London\",\"created_at\":\"2016-12-10T03:31:16+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Office\",\"permalink\":\"office\",\"domain\":\"office.sirportly.example\",\"domain_with_protocol\":\"https://office.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"f3f104be-db15-d6ef-5c6a-5257e887a273\",\"secret\":\"murz3xjqe6s7yzzh8dbmfkua329xda615hing3zchwah1qc05b64\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":6,\"username\":\"adam\",\"first_name\":\"Adam\",\"last_name\":\"Cooke\",\"email_address\":\"adam@atechmedia.com\",\"time_zone\":\"London\",\"created_at\":\"2012-01-12T22:09:01+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":true,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.com\",\"domain_with_protocol\":\"https://atech.sirportly.com\",\"enabled\":true},\"api_token\":{\"token\":\"[token here]\",\"secret\":\"[secret here]\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":34515,\"username\":\"lou\",\"first_name\":\"lou\",\"last_name\":\"Secured\",\"email_address\":\"lou@help.example\",\"time_zone\":\"London\",\"created_at\":\"2019-07-19T23:09:50+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"aTech Media\",\"permalink\":\"atech\",\"domain\":\"atech.sirportly.example\",\"domain_with_protocol\":\"https://atech.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"44f61f31-2c42-69b4-c041-535951b06ab2\",\"secret\":\"5l2i0or056dz9oajrp35j82vadjx35rmd177nw7zhjekbhqbgvvp\"}}}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"user\":{\"id\":45,\"username\":\"tess\",\"first_name\":\"Tess\",\"last_name\":\"Token\",\"email_address\":\"tess@help.example\",\"time_zone\":\"London\",\"created_at\":\"2019-06-29T01:09:52+00:00\",\"activated?\":true,\"invite_code\":null,\"permissions\":{\"admin\":false,\"reporting\":true,\"tickets\":true,\"api\":true},\"account\":{\"name\":\"Fibreband Ltd\",\"permalink\":\"fibreband\",\"domain\":\"fibreband.sirportly.example\",\"domain_with_protocol\":\"https://fibreband.sirportly.example\",\"enabled\":true},\"api_token\":{\"token\":\"fe705bc8-a270-d49a-7b20-e85c616c123b\",\"secret\":\"3thxp6q23idtv0bifsxl566lp1d9ozugq7ndtxybfb9g1pxe1oq4\"}}}"},
  ],
  'SP-08': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"APIAccessDisabled\"}"},
    {"under":{"statusCodes":"byOutcome"},"status":403,"headers":["content-type","application/json"],"body":"{\"status\":\"APIAccessDisabled\"}"},
  ],
  'SP-09': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"zoë@b+c\",\"password\":\"ü=&%41 +\\\"\\\\ \\n😀\",\"account\":\"atech\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"jogn\",\"password\":\"invalidpassword\",\"account\":\"atech\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"adam\",\"password\":\"S3cret\",\"account\":\"atech\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"adam\",\"password\":\"wrong\",\"account\":\"acme\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"faye\",\"password\":\"wrong\",\"account\":\"fibreband\"}"},
    {"under":{"statusCodes":"byOutcome"},"status":403,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"adam\",\"password\":\"wrong\",\"account\":\"atech\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"Adam\",\"password\":\"s3cret\",\"account\":\"atech\"}"},
  ],
  'SP-10': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorRequired\"}"},
  ],
  'SP-11': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidTwoFactorCode\"}"},
    {"under":{"statusCodes":"byOutcome"},"status":403,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidTwoFactorCode\"}"},
  ],
  'SP-12': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorLocked\"}"},
    {"under":{"statusCodes":"byOutcome"},"status":403,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorLocked\"}"},
  ],
  'SP-13': [
    {"status":403,"headers":["content-type","application/json"],"body":"{\"error\":\"NotPermittedFromIPAddress\",\"ip\":\"127.0.0.1\"}"},
    {"under":{"statusCodes":"always200"},"status":200,"headers":["content-type","application/json"],"body":"{\"error\":\"NotPermittedFromIPAddress\",\"ip\":\"127.0.0.1\"}"},
  ],
  'SP-14': [
    {"status":404,"headers":["content-type","application/json"],"body":"{\"error\":\"AccountNotFound\",\"message\":\"No account found matching 'acme'\"}"},
    {"under":{"statusCodes":"always200"},"status":200,"headers":["content-type","application/json"],"body":"{\"error\":\"AccountNotFound\",\"message\":\"No account found matching 'acme'\"}"},
  ],
  'SP-U3': [
    {"status":403,"headers":["content-type","application/json"],"body":"{\"error\":\"InvalidApplication\",\"message\":\"The X-Auth-Application header is required\"}"},
    {"under":{"statusCodes":"always200"},"status":200,"headers":["content-type","application/json"],"body":"{\"error\":\"InvalidApplication\",\"message\":\"The X-Auth-Application header is required\"}"},
  ],
  'SP-U4': [
    {"status":422,"headers":["content-type","application/json"],"body":"{\"errors\":{\"password\":[\"can't be blank\"]}}"},
    {"status":422,"headers":["content-type","application/json"],"body":"{\"errors\":{\"username\":[\"can't be blank\"],\"password\":[\"can't be blank\"]}}"},
  ],
  'SP-U5': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidTwoFactorCode\"}"},
    {"under":{"missingCode":"required"},"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorRequired\"}"},
  ],
  'SP-U6': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidTwoFactorCode\"}"},
    {"under":{"lockingCode":"locked"},"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorLocked\"}"},
  ],
  'SP-U7': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorRequired\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidTwoFactorCode\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"TwoFactorLocked\"}"},
    {"under":{"nobodyLeft":"empty"},"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[]}"},
  ],
  'SP-U8': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"jogn\",\"password\":\"invalidpassword\",\"account\":null}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"adam\",\"password\":\"wrong\",\"account\":null}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"cleo\",\"password\":\"s3cret\",\"account\":null}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"ADAM\",\"password\":\"s3cret\",\"account\":null}"},
  ],
  'SP-U10': [
    {"status":404,"headers":["content-type","application/json"],"body":"{\"error\":\"AccountNotFound\",\"message\":\"No account found matching 'fibreband'\"}"},
  ],
  'SP-X1': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[]}"},
  ],
  'SP-X2': [
    {"under":{"nobodyLeft":"empty"},"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"Authenticated\",\"users\":[]}"},
    {"status":403,"headers":["content-type","application/json"],"body":"{\"error\":\"NotPermittedFromIPAddress\",\"ip\":\"198.51.100.1\"}"},
  ],
  'SP-X13': [
    {"status":404,"headers":["content-type","application/problem+json"],"body":"{\"type\":\"about:blank\",\"title\":\"No such endpoint\",\"status\":404,\"detail\":\"Paths are taken letter by letter, without a slash at the end: meant was probably /api/v2/authentication/authenticate\",\"clause\":\"SP-X13\"}\n"},
  ],
  'SP-X15': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"status\":\"InvalidCredentials\",\"username\":\"tess\",\"password\":\"s3cret\",\"account\":\"atech\"}"},
  ],
}
