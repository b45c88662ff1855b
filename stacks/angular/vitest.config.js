export default {
  test: { environment: 'happy-dom', environmentOptions: { happyDOM: { url: 'https://jira.example/' } } },
}
