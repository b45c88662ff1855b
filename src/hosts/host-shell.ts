import { posix, powershell, type ShellSyntax } from '../core/shell-syntax.ts'

/** The shell that printed command lines are for, unless somebody says otherwise. */
export const hostShell: ShellSyntax = process.platform === 'win32' ? powershell : posix
