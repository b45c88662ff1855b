export default { test: { include: ['blocks.test.js'], setupFiles: ['listen.js'] } }
