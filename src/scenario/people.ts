import { Faker, en } from '@faker-js/faker'
import { hashText } from '../core/random.ts'
import type { Answerer } from '../world/answers.ts'

/** Makes up a person: the same seed gives the same one. */
export const person: Answerer<'person'> = ({ seed }) => {
  const faker = new Faker({ locale: en })
  faker.seed(hashText(seed))
  const firstName = faker.person.firstName()
  const lastName = faker.person.lastName()
  return {
    firstName,
    lastName,
    email: faker.internet.email({ firstName, lastName, provider: 'example.com' }).toLowerCase(),
  }
}
