// The schemas of target files and journeys, and the pages about them, from the build.
import { checkedApi } from '../dist/contract/target/checked-api.js'
import { journeyField } from '../dist/contract/journeys/journey-file.js'
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
    const accounts = { propertyNames: { enum: Object.keys(kit.roles) }, properties: Object.fromEntries(roles) }
    const properties = {
      settings: toJsonSchema(object(fields, { about: settings.description })),
      accounts,
      further: { items: accounts },
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

/** Editors offer what the APIs of the package have; those of others are told when the file is read. */
export function journeySchema() {
  const schema = toJsonSchema(journeyField)
  const { as, steps } = schema.properties
  const { properties: step } = steps.items
  const { properties: ask } = step.ask
  const { properties: arrange } = step.arrange
  const roles = checkable.flatMap(({ kit }) => Object.keys(kit.roles))
  const operations = checkable.flatMap((api) => api.operations.map(({ id }) => `${api.id}.${id}`))
  const states = checkable.flatMap(({ providerStates }) => Object.keys(providerStates))
  Object.assign(as, offering(roles))
  Object.assign(step.as, offering(roles))
  Object.assign(ask.operation, offering(operations))
  Object.assign(arrange.state, offering(states))
  Object.assign(schema.properties.api, offering(checkable.map(({ id }) => id)))
  steps.minItems = 1
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'auth-understudy journey', ...schema }
}

function offering(words) {
  return { anyOf: [{ enum: [...new Set(words)] }, { type: 'string' }] }
}

export function journeyReference() {
  const words = checkable.map(({ id, title, kit }) => [
    title,
    Object.keys(kit.roles)
      .map((role) => `\`${role}\``)
      .join(', '),
    Object.entries(kit.asks ?? {})
      .filter(([, { right }]) => right !== undefined)
      .map(([operation]) => `\`${id}.${operation}\``)
      .join(', '),
    names(kit),
  ])
  return [
    `${generated}# Journey files: reference`,
    '',
    '[journeys.md](../journeys.md) tells how they are used; [journey.schema.json](../../targets/journey.schema.json) is for editors.',
    '',
    '## Members',
    '',
    ...fieldTables(journeyField.fields, ''),
    '## Words',
    '',
    table(['API', 'roles', '`right` and `wrong` are bodies of', 'values beside those of an account'], words),
    '',
    'Values of an account are `{{username}}`, `{{password}}`, `{{pin}}` (its code), `{{wrongPin}}` and `{{usedPin}}`; those of',
    'another role in the journey `{{<role>Username}}` and `{{<role>Password}}`.',
    '',
  ].join('\n')
}

function names({ roles, values }) {
  const facts = Object.values(roles).flatMap((role) => Object.keys(role.facts ?? {}))
  const all = [...new Set([...facts, ...Object.keys(values?.({}) ?? {})])]
  return all.map((name) => `\`{{${name}}}\``).join(', ')
}
