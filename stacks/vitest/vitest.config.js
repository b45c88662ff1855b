export default {
  test: {
    projects: [
      { test: { name: 'without a server', include: ['blocks.test.js', 'refused.test.js'] } },
      { test: { name: 'with a server', include: ['own-server.test.js'], setupFiles: ['listen.js'] } },
    ],
  },
}
