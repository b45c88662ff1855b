/** Where the package is, whoever runs it: its sources, its build and its bundle all stand two folders below. */
export const packageRoot = new URL('../../', import.meta.url)
