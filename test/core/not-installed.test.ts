import { expect, test } from 'vitest'
import { whereNotInstalled } from '../../src/core/not-installed.ts'

const tell = whereNotInstalled('left-pad', 'ERR_USAGE', 'It is not installed: npm install left-pad')

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

test.each([
  coded('ERR_MODULE_NOT_FOUND', "Cannot find package 'left-pad' imported from /x"),
  coded('MODULE_NOT_FOUND', "Cannot find module 'left-pad'"),
  coded('MODULE_NOT_FOUND', "Cannot find module 'left-pad/lib/left.js'"),
])('what is missing is told, with what to install: %s', (error) => {
  expect(() => tell(error)).toThrow(
    expect.objectContaining({ code: 'ERR_USAGE', message: expect.stringContaining('npm install left-pad') }),
  )
})

test.each([
  coded('ERR_MODULE_NOT_FOUND', "Cannot find package 'of-left-pad' imported from /x"),
  coded('MODULE_NOT_FOUND', "Cannot find module 'left-pad-too'"),
  coded('ERR_PACKAGE_PATH_NOT_EXPORTED', "'left-pad'"),
  new Error('left-pad threw'),
])('whatever else is wrong with it stays what it was: %s', (error) => {
  expect(() => tell(error)).toThrow(error)
})
