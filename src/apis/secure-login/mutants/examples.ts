// Written by test/suites/examples.test.ts, with UPDATE_TRANSCRIPTS=1.
import type { Examples } from '../../../core/reply-mutants.ts'

/** What is answered, by the clause that is played: of this the mutants of replies are made. */
export const examples: Examples = {
  'SL-02': [
    {"status":401,"headers":["content-type","text/html;charset=UTF-8"],"body":"<html><head><title>Unauthorized (401)</title></head><body><p>os_authType was 'any' and an invalid cookie was sent.</p></body></html>"},
  ],
  'SL-03': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"active\":true,\"server_time\":\"2026-01-15T08:59:59Z\"}"},
  ],
  'SL-04': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"active\":false,\"server_time\":\"2026-01-15T09:00:00Z\"}"},
  ],
  'SL-06': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"enter\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"bypass\"}"},
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"onboarding\"}"},
    {"status":200,"headers":["content-type","application/json","set-cookie","atlassian.xsrf.token=D4F3-FCDE-78F2-C15C|b4fc8b35875a413d98a694ce301a403f1eebb641|lin; Path=/jira","set-cookie","JSESSIONID=4F13F239F11E33D80D7B6A01BD96A538; Path=/jira; HttpOnly"],"body":"{\"state\":\"bypass\"}"},
  ],
  'SL-07': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"blocked\",\"blocked\":{\"reason\":\"brute_force\",\"until\":\"2026-01-15T09:30:00Z\"}}"},
  ],
  'SL-08': [
    {"status":410,"headers":["content-type","application/json"],"body":"{}"},
    {"under":{"revision":"legacy"},"status":406,"headers":["content-type","application/json"],"body":"{}"},
  ],
  'SL-10': [
    {"status":200,"headers":[]},
  ],
  'SL-11': [
    {"status":401,"headers":[]},
  ],
  'SL-12': [
    {"status":406,"headers":[]},
    {"under":{"revision":"legacy"},"status":410,"headers":[]},
  ],
  'SL-13': [
    {"status":410,"headers":[]},
    {"under":{"revision":"legacy"},"status":406,"headers":[]},
  ],
  'SL-14': [
    {"status":401,"headers":[]},
  ],
  'SL-U1': [
    {"status":401,"headers":[]},
  ],
  'SL-U2': [
    {"status":401,"headers":[]},
  ],
  'SL-U3': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"bypass\"}"},
  ],
  'SL-U4': [
    {"status":200,"headers":[]},
  ],
  'SL-U8': [
    {"status":415,"headers":[]},
  ],
  'SL-U9': [
    {"status":401,"headers":[]},
  ],
  'SL-U10': [
    {"status":404,"headers":["content-type","application/problem+json"],"body":"{\"type\":\"about:blank\",\"title\":\"No such endpoint\",\"status\":404,\"detail\":\"There is no /jira/rest/securelogin-admin/1.0/api/usr; meant was probably /jira/rest/securelogin-admin/1.0/api/user\",\"clause\":\"SL-U10\"}\n"},
    {"status":405,"headers":["content-type","application/problem+json","allow","POST"],"body":"{\"type\":\"about:blank\",\"title\":\"Method not allowed\",\"status\":405,\"detail\":\"/jira/rest/securelogin-admin/1.0/api/auth answers POST, not GET.\",\"clause\":\"SL-U10\"}\n"},
  ],
  'SL-U14': [
    {"status":200,"headers":["content-type","application/json"],"body":"{\"state\":\"enter\"}"},
  ],
  'SL-U17': [
    {"under":{"xsrfCheck":"on"},"status":403,"headers":["content-type","text/plain"],"body":"XSRF check failed"},
  ],
  'SL-U18': [
    {"under":{"restBeforePin":"refused"},"status":401,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"errorMessages\":[\"You are not authenticated. Authentication required to perform this operation.\"],\"errors\":{}}"},
  ],
  'SL-X5': [
    {"status":400,"headers":[]},
  ],
  'SL-U16': [
    {"status":401,"headers":["content-type","text/html;charset=UTF-8"],"body":"<html><head><title>Unauthorized (401)</title></head><body><p>os_authType was 'any' and an invalid cookie was sent.</p></body></html>"},
  ],
  'SL-U20': [
    {"status":403,"headers":["content-type","application/json;charset=UTF-8","x-seraph-loginreason","AUTHENTICATED_FAILED","x-authentication-denied-reason","CAPTCHA_CHALLENGE; login-url=http://any/jira/login.jsp"],"body":"{\"errorMessages\":[\"Login denied\"],\"errors\":{}}"},
    {"status":403,"headers":["content-type","text/html;charset=UTF-8","x-seraph-loginreason","AUTHENTICATED_FAILED","x-authentication-denied-reason","CAPTCHA_CHALLENGE; login-url=http://any/jira/login.jsp","www-authenticate","OAuth realm=\"http%3A%2F%2Fany%2Fjira\""],"body":"<html><head><title>Forbidden (403)</title></head><body><p>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED</p></body></html>"},
    {"under":{"product":"confluence"},"status":401,"headers":["content-type","text/html;charset=UTF-8","x-seraph-loginreason","AUTHENTICATED_FAILED","x-authentication-denied-reason","CAPTCHA_CHALLENGE; login-url=http://any/jira/login.jsp","www-authenticate","OAuth realm=\"http%3A%2F%2Fany%2Fjira\""],"body":"<html><head><title>Forbidden (401)</title></head><body><p>Basic Authentication Failure - Reason : AUTHENTICATION_DENIED</p></body></html>"},
  ],
  'SL-H1': [
    {"status":200,"headers":["content-type","application/json;charset=UTF-8","x-seraph-loginreason","OK","set-cookie","atlassian.xsrf.token=D4F3-FCDE-78F2-C15C|b4fc8b35875a413d98a694ce301a403f1eebb641|lout; Path=/jira","set-cookie","JSESSIONID=4F13F239F11E33D80D7B6A01BD96A538; Path=/jira; HttpOnly"],"body":"{\"session\":{\"name\":\"JSESSIONID\",\"value\":\"4F13F239F11E33D80D7B6A01BD96A538\"},\"loginInfo\":{\"loginCount\":1}}"},
    {"status":200,"headers":["content-type","application/json;charset=UTF-8","x-seraph-loginreason","OK","set-cookie","atlassian.xsrf.token=8F9C-34D4-1AF5-6499|4cbb6c1082f83799c8fcbb8f6315d87ca842b427|lout; Path=/jira","set-cookie","JSESSIONID=1AC12DC8DA78B04E35BAE112853B5C21; Path=/jira; HttpOnly"],"body":"{\"session\":{\"name\":\"JSESSIONID\",\"value\":\"1AC12DC8DA78B04E35BAE112853B5C21\"},\"loginInfo\":{\"loginCount\":2,\"previousLoginTime\":\"2026-01-15T09:00:00.000+0000\"}}"},
    {"status":200,"headers":["content-type","application/json;charset=UTF-8","x-seraph-loginreason","OK","set-cookie","atlassian.xsrf.token=D4F3-FCDE-78F2-C15C|b4fc8b35875a413d98a694ce301a403f1eebb641|lout; Path=/jira","set-cookie","JSESSIONID=4F13F239F11E33D80D7B6A01BD96A538; Path=/jira; HttpOnly"],"body":"{\"session\":{\"name\":\"JSESSIONID\",\"value\":\"4F13F239F11E33D80D7B6A01BD96A538\"},\"loginInfo\":{\"failedLoginCount\":4,\"loginCount\":1,\"lastFailedLoginTime\":\"2026-01-15T09:00:00.000+0000\"}}"},
  ],
  'SL-H2': [
    {"status":401,"headers":["content-type","application/json;charset=UTF-8","x-seraph-loginreason","AUTHENTICATED_FAILED"],"body":"{\"errorMessages\":[\"Login failed\"],\"errors\":{}}"},
  ],
  'SL-H3': [
    {"status":200,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"self\":\"http://any/jira/rest/api/latest/user?username=alice\",\"name\":\"alice\",\"loginInfo\":{\"loginCount\":1}}"},
    {"status":401,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"errorMessages\":[\"You are not authenticated. Authentication required to perform this operation.\"],\"errors\":{}}"},
  ],
  'SL-H4': [
    {"status":204,"headers":[]},
  ],
  'SL-H5': [
    {"status":401,"headers":["content-type","text/html;charset=UTF-8","x-seraph-loginreason","AUTHENTICATED_FAILED","www-authenticate","OAuth realm=\"http%3A%2F%2Fany%2Fjira\""],"body":"<html><head><title>Unauthorized (401)</title></head><body><p>Basic Authentication Failure - Reason : AUTHENTICATED_FAILED</p></body></html>"},
  ],
  'SL-H6': [
    {"status":400,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"errorMessages\":[\"a login is a JSON object with the texts username and password\"],\"errors\":{}}"},
    {"status":415,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"errorMessages\":[\"a login is application/json\"],\"errors\":{}}"},
  ],
  'SL-H8': [
    {"status":200,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"self\":\"http://any/jira/rest/api/2/user?username=alice\",\"key\":\"alice\",\"name\":\"alice\",\"emailAddress\":\"alice@jira.example\",\"avatarUrls\":{\"48x48\":\"http://any/jira/secure/useravatar?size=large&avatarId=10122\",\"24x24\":\"http://any/jira/secure/useravatar?size=small&avatarId=10122\",\"16x16\":\"http://any/jira/secure/useravatar?size=xsmall&avatarId=10122\"},\"displayName\":\"Alice Enter\",\"active\":true,\"deleted\":false,\"timeZone\":\"GMT\",\"locale\":\"en_US\",\"groups\":{\"size\":1,\"items\":[]},\"applicationRoles\":{\"size\":1,\"items\":[]},\"expand\":\"groups,applicationRoles\"}"},
    {"under":{"restBeforePin":"refused"},"status":200,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"self\":\"http://any/jira/rest/api/2/user?username=dave\",\"key\":\"dave\",\"name\":\"dave\",\"emailAddress\":\"dave@jira.example\",\"avatarUrls\":{\"48x48\":\"http://any/jira/secure/useravatar?size=large&avatarId=10122\",\"24x24\":\"http://any/jira/secure/useravatar?size=small&avatarId=10122\",\"16x16\":\"http://any/jira/secure/useravatar?size=xsmall&avatarId=10122\"},\"displayName\":\"Dave Bypass\",\"active\":true,\"deleted\":false,\"timeZone\":\"GMT\",\"locale\":\"en_US\",\"groups\":{\"size\":1,\"items\":[]},\"applicationRoles\":{\"size\":1,\"items\":[]},\"expand\":\"groups,applicationRoles\"}"},
    {"under":{"restBeforePin":"refused"},"status":200,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"baseUrl\":\"http://any/jira\",\"version\":\"9.12.4\",\"versionNumbers\":[9,12,4],\"deploymentType\":\"Server\",\"buildNumber\":9120004,\"buildDate\":\"2024-02-15T00:00:00.000+0000\",\"serverTime\":\"2026-01-15T09:00:00.000+0000\",\"scmInfo\":\"0000000000000000000000000000000000000000\",\"serverTitle\":\"auth-understudy\"}"},
    {"under":{"restBeforePin":"refused"},"status":401,"headers":["content-type","application/json;charset=UTF-8"],"body":"{\"errorMessages\":[\"You are not authenticated. Authentication required to perform this operation.\"],\"errors\":{}}"},
  ],
}
