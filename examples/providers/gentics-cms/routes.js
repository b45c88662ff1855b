// @ts-check

/** The endpoints below a path, each with the methods that it has. */
export class Routes {
  /** @type {Map<string, string[]>} */
  #methods = new Map()

  /**
   * @param {import('fastify').FastifyInstance} app
   * @param {string} base
   */
  constructor(app, base) {
    this.app = app
    this.base = base
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {(request: import('fastify').FastifyRequest, reply: import('fastify').FastifyReply) => unknown} handler gives
   *   what is sent
   */
  add(method, path, handler) {
    this.app.route({
      method,
      url: this.base + path,
      handler: async (request, reply) => {
        const isComplete = Object.values(/** @type {object} */ (request.params)).every((value) => value !== '')
        return isComplete ? handler(request, reply) : reply.callNotFound()
      },
    })
    this.#methods.set(path, [...(this.#methods.get(path) ?? []), method])
  }

  /** Answers 405 where an endpoint has not the method of a request. */
  refuseOtherMethods() {
    for (const [path, allowed] of this.#methods) {
      const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((method) => !allowed.includes(method))
      this.app.route({
        method: others,
        url: this.base + path,
        exposeHeadRoute: false,
        handler: async (_request, reply) => reply.code(405).header('allow', allowed.join(', ')).send(),
      })
    }
  }
}
