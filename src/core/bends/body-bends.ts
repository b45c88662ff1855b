import { body, contentType } from '../bend.ts'
import { headerValue } from '../http.ts'
import type { Json } from '../json.ts'
import type { Reply } from '../step.ts'
import { dataOf, withData } from './member-path.ts'
import type { ReplyBend } from './reply-bend.ts'

/** Another body, or content type, as a whole. */
export const bodyBends: readonly ReplyBend[] = [
  { word: 'bodiless', title: 'there is no body', change: (reply) => ({ ...contentType()(reply), body: undefined }) },
  { word: 'blank-body', title: 'the body is blank', change: ifBody((reply) => ({ ...reply, body: '' })) },
  { word: 'message', title: 'the body is a message', change: body('application/json', '{"message":"failed"}') },
  { word: 'empty-object', title: 'the body is an empty object', change: body('application/json', '{}') },
  { word: 'page', title: 'the body is a page', change: body('text/html', '<h1>Done</h1>') },
  { word: 'cut', title: 'the body ends in its middle', change: inText((text) => text.slice(0, text.length / 2)) },
  ...['text/plain', 'text/html', 'application/json', 'application/xml'].map((type) => ({
    word: `type-${type.replace(/^\w+\//, '')}`,
    title: `the content type is ${type}`,
    change: ifBody(ofType(type)),
  })),
  { word: 'untyped', title: 'there is no content type', change: ifBody(contentType()) },
  { word: 'null', title: 'the body is null', change: inData(() => null) },
  { word: 'wrapped', title: 'the body is wrapped in a data member', change: inData((data) => ({ data })) },
  { word: 'in-list', title: 'the body is wrapped in a list', change: inData((data) => [data]) },
  { word: 'upper', title: 'the text is in upper case', change: inWords((text) => text.toUpperCase()) },
  { word: 'lower', title: 'the text is in lower case', change: inWords((text) => text.toLowerCase()) },
  { word: 'quoted', title: 'the text is in quotes', change: inWords((text) => JSON.stringify(text)) },
  { word: 'longer', title: 'the text has a 0 more', change: inWords((text) => `${text}0`) },
]

function ifBody(change: (reply: Reply) => Reply): ReplyBend['change'] {
  return (reply) => (reply.body === undefined || reply.body === '' ? reply : change(reply))
}

/** Parameters of the type, such as a charset, go with it. */
function ofType(type: string): ReplyBend['change'] {
  return (reply) =>
    headerValue(reply.headers, 'content-type')?.startsWith(type) === true ? reply : contentType(type)(reply)
}

function inText(change: (text: string) => string): ReplyBend['change'] {
  return ifBody((reply) => (typeof reply.body === 'string' ? { ...reply, body: change(reply.body) } : reply))
}

/** A text that is no JSON and no page. */
function inWords(change: (text: string) => string): ReplyBend['change'] {
  return inText((text) => (/^[[{<]/.test(text) ? text : change(text)))
}

function inData(change: (data: Json) => Json): ReplyBend['change'] {
  return (reply) => {
    const data = dataOf(reply)
    return data === undefined ? reply : withData(reply, change(data))
  }
}
