import { controlPath } from '../../src/control/control-path.ts'
import { controlRoutes } from '../../src/control/routes.ts'
import { check } from '../../src/core/check.ts'
import { formatIssue } from '../../src/core/errors.ts'
import { Router } from '../../src/core/route.ts'

const targets = controlRoutes.map((route) => ({ route, methods: [route.method], paths: [route.path] }))
const router = new Router([{ owner: 'control', mount: controlPath, targets }])

/** Holds an answer of the control API against what its route says of it: no member more, none less, each of its kind. */
export function assertDescribed(method: string, path: string, answer: unknown): void {
  const found = router.find(method, path)
  const field = found.kind === 'found' ? found.target.route.answer : undefined
  if (field === undefined) throw new Error(`${method} ${path} is described nowhere, and was answered`)
  const wrong = check(field, answer, [], 'stored').issues.map(formatIssue)
  if (wrong.length > 0) throw new Error(`${method} ${path} is not what it is said to be: ${wrong.join(' ')}`)
}
