// Chunks of a CommonJS bundle that are loaded when something in them is used for the first time, and not with the chunk
// that names it. Rolldown writes `const require_x = require('./x.js')`, and `require_x.name` wherever a name is used: here
// the former becomes a function, and the latter its call. What is evaluated while a bundle loads must not come late.
import { parseSync, Visitor } from 'vite'

/** The plugin, for the groups of modules of these names, and for modules of Node's. */
export function lateChunks(names, ofNode = []) {
  return {
    name: 'late-chunks',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk')
      const late = chunks.filter(({ name }) => names.includes(name))
      if (late.length !== names.length) throw new Error(`Of ${names.join(', ')} there are ${late.length} chunks.`)
      const functions = new Map([
        ...late.map((chunk) => [`./${chunk.fileName}`, functionsOf(chunk.code)]),
        ...ofNode.map((name) => [name, new Set()]),
      ])
      for (const chunk of chunks) chunk.code = rewritten(chunk.code, functions)
    },
  }
}

/** The functions that a chunk gives out, by the names that it gives them. */
function functionsOf(code) {
  const { program } = parseSync('chunk.js', code, { sourceType: 'script' })
  const declared = new Set(program.body.filter(({ type }) => type === 'FunctionDeclaration').map(({ id }) => id.name))
  const given = new Set()
  const note = (name, local) => void (declared.has(local) && given.add(name))
  new Visitor({
    // exports.name = local
    AssignmentExpression({ left, right }) {
      if (left.type === 'MemberExpression' && left.object.name === 'exports') note(left.property.name, right.name)
    },
    // Object.defineProperty(exports, 'name', { enumerable: true, get: function () { return local } })
    CallExpression({ callee, arguments: [target, name, descriptor] }) {
      if (callee.property?.name !== 'defineProperty' || target.name !== 'exports') return
      note(name.value, descriptor.properties?.at(-1).value.body?.body[0].argument.name)
    },
  }).visit(program)
  return given
}

/** A chunk that loads late what is to come late. A function of it that is put somewhere before that is put there by name. */
function rewritten(code, functions) {
  if (![...functions.keys()].some((file) => code.includes(file))) return code
  const { program } = parseSync('chunk.js', code, { sourceType: 'script' })
  const required = new Map()
  const names = []
  const members = []
  const called = new Set()
  const edits = []
  let depth = 0
  const enter = () => void depth++
  const leave = () => void depth--
  new Visitor({
    VariableDeclarator({ id, init }) {
      const file =
        init?.type === 'CallExpression' && init.callee.name === 'require' ? init.arguments[0].value : undefined
      if (!functions.has(file)) return
      required.set(id.name, functions.get(file))
      edits.push({ at: init.start, text: `()=>${id.name}_loaded??=` })
    },
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: enter,
    'FunctionDeclaration:exit': leave,
    'FunctionExpression:exit': leave,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: ({ callee }) => void called.add(callee),
    Identifier: ({ name }) => void names.push(name),
    MemberExpression: (node) => void members.push({ node, isAtOnce: depth === 0 }),
  }).visit(program)
  for (const [name, given] of required) {
    const uses = members.filter(({ node }) => node.object.name === name && !node.computed)
    if (names.filter((each) => each === name).length !== uses.length + 1)
      throw new Error(`${name} is used in a way that cannot come late.`)
    for (const { node, isAtOnce } of uses) {
      const isPut = isAtOnce && given.has(node.property.name) && !called.has(node)
      if (isPut) edits.push({ at: node.start, text: '(...given)=>' }, { at: node.end, text: '(...given)' })
      // In brackets, as `new` would take the first call for its own.
      edits.push({ at: node.object.start, text: '(' }, { at: node.object.end, text: '())' })
    }
  }
  if (required.size === 0) return code
  return `var ${[...required.keys()].map((name) => `${name}_loaded`).join(',')};${inserted(code, edits)}`
}

function inserted(code, edits) {
  let [text, from] = ['', 0]
  for (const { at, text: more } of edits.toSorted((one, other) => one.at - other.at)) {
    text += code.slice(from, at) + more
    from = at
  }
  return text + code.slice(from)
}
