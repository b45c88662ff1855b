/** Where the control API lives on every host. */
export const controlPath = '/__understudy'
