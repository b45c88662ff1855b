// @ts-check

/**
 * The answer to a method that an endpoint does not have.
 *
 * @param {...string} allowed
 * @returns {import('express').RequestHandler}
 */
export function allowOnly(...allowed) {
  return (_request, response) => void response.status(405).set('Allow', allowed.join(', ')).end()
}
