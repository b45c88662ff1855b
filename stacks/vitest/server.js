// The team's own handlers, in a server that the team's set-up file starts.
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

export const server = setupServer(
  http.get('https://shop.example/tickets', () => HttpResponse.json([{ title: 'Printer' }])),
)
