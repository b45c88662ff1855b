// Claims files when it is told to, each at the moment that it is told: `claim <path> <at>`, `leave`.
import { createInterface } from 'node:readline'
import { ownFile } from '../../dist/state-files/owner.js'

let leave = () => undefined
process.stdout.write('ready\n')
for await (const line of createInterface(process.stdin)) {
  const [what, path, at] = line.split('\t')
  if (what === 'leave') {
    leave()
    leave = () => undefined
    process.stdout.write('left\n')
    continue
  }
  while (Date.now() < Number(at));
  try {
    leave = await ownFile(path, 'state', process.pid)
    process.stdout.write('owner\n')
  } catch (error) {
    process.stdout.write(`${error.code} ${error.message}\n`)
  }
}
