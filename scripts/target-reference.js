// The schema of target files, and the page about them, from the build.
import { checkedApi } from '../dist/contract/target/checked-api.js'
import { targetField } from '../dist/contract/target/target.js'
import { object } from '../dist/core/field.js'
import { toJsonSchema } from '../dist/core/json-schema.js'
import { apis, generated } from './reference.js'
import { fieldTables, table } from './tables.js'

const checkable = await Promise.all(apis.filter(({ loadKit }) => loadKit !== undefined).map(checkedApi))

/** Which roles and settings there are depends on the API. */
export function targetSchema() {
  const schema = toJsonSchema(targetField)
  const { settings } = schema.properties
  const perApi = checkable.map(({ id, settings: fields, kit }) => {
    const roles = Object.entries(kit.roles).map(([role, { about, facts = {} }]) => [
      role,
      { description: about, properties: { facts: factsSchema(facts) } },
    ])
    const properties = {
      settings: toJsonSchema(object(fields, { about: settings.description })),
      accounts: { propertyNames: { enum: Object.keys(kit.roles) }, properties: Object.fromEntries(roles) },
    }
    // What JSON Schema calls it is no promise.
    // oxlint-disable-next-line unicorn/no-thenable
    return { if: { properties: { api: { const: id } } }, then: { properties } }
  })
  const api = { ...schema.properties.api, enum: checkable.map(({ id }) => id) }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'auth-understudy target',
    ...schema,
    properties: Object.assign({}, schema.properties, { api }),
    allOf: perApi,
  }
}

function factsSchema(facts) {
  const properties = Object.entries(facts).map(([name, about]) => [name, { description: about }])
  return { type: ['object', 'null'], properties: Object.fromEntries(properties), default: {} }
}

export function targetReference() {
  const roles = checkable.flatMap(({ title, kit }) => [
    '',
    `### Roles of ${title}`,
    '',
    table(
      ['role', 'the account', 'facts', 'arranged by'],
      Object.entries(kit.roles).map(([role, { about, facts = {}, state, also = [] }]) => [
        `\`${role}\``,
        about,
        Object.keys(facts)
          .map((name) => `\`${name}\``)
          .join(', '),
        [state, ...also].map(({ name }) => name).join(', then '),
      ]),
    ),
    ...factLines(kit),
  ])
  return [
    `${generated}# Target files: reference`,
    '',
    '[contract-testing.md](../contract-testing.md) tells how they are used;',
    '[target.schema.json](../../targets/target.schema.json) is for editors.',
    '',
    '## Members',
    '',
    ...fieldTables(targetField.fields, ''),
    '## Accounts',
    ...roles,
    '',
  ].join('\n')
}

/** What each fact is, once. */
function factLines({ roles }) {
  const facts = Object.assign({}, ...Object.values(roles).map((role) => role.facts ?? {}))
  const lines = Object.entries(facts).map(([name, about]) => `- \`${name}\`: ${about}`)
  return lines.length === 0 ? [] : ['', ...lines]
}
