import { check } from '../core/check.ts'
import { formatDuration } from '../core/duration.ts'
import { didYouMean, formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { momentAt, object, text } from '../core/field.ts'
import type { InferField, Written } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { nearestWord } from '../core/nearest.ts'
import { catchUp, userLookup } from './catch-up.ts'
import { scheduleOf } from './own-records.ts'
import { noRoom, room, weigh } from './room.ts'
import { describeScheduled, scheduledField, type ScheduledEvent, type scheduledFields } from './scheduled.ts'
import { scheduledIssues, scheduleLimit } from './scheduled-issues.ts'
import type { Stage } from './stage.ts'

/** An event that is to come, as people see it. */
export const scheduledViewField = object(
  {
    id: text({ about: 'its id, such as s1' }),
    at: text({ about: "when, by the world's clock" }),
    in: text({ about: 'how long until then' }),
    what: text({ about: 'what happens, in words' }),
  },
  { about: 'an event that is to come', named: 'Scheduled' },
)

export type ScheduledView = InferField<typeof scheduledViewField>

/** What is to happen in a world by itself, at times of its clock. */
export class WorldSchedule {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** Plays what is due. Done before each request and each look at the world, so nobody has to. */
  catchUp(): void {
    catchUp(this.#stage)
  }

  /** What is to come, the next first. */
  list(): ScheduledView[] {
    this.catchUp()
    return scheduleOf(this.#stage.store)
      .toSorted((one, other) => one.at - other.at)
      .map((event) => this.#view(event))
  }

  /**
   * Has something happen later, written as in a scenario: `{ at: '+10s', user: 'carol', set: { state: 'blocked', for: '2m' } }`.
   * Throws ERR_CHANGE_INVALID with all that is wrong.
   */
  add(input: Written<typeof scheduledFields>): ScheduledView {
    this.catchUp()
    const stage = this.#stage
    const events = scheduleOf(stage.store)
    const { value, issues } = check(scheduledField, input)
    if (value === undefined) throw invalid(issues)
    const wrong = scheduledIssues(value, stage.playing, userLookup(stage))
    if (wrong.length > 0) throw invalid(wrong)
    if (events.length >= scheduleLimit)
      throw invalid([{ path: [], message: `There are ${scheduleLimit} events to come already; remove some first.` }])
    const at = momentAt(value.at, stage.worldNow())
    if (at < stage.worldNow())
      throw invalid([{ path: ['at'], message: `${toIso(at)} has passed, by the world's clock.` }])
    const highest = Math.max(0, ...events.map(({ id }) => Number(id.slice(1))))
    const event: ScheduledEvent = { ...value, id: `s${highest + 1}`, at }
    if (weigh([...events, event]) > room.schedule)
      throw noRoom('The schedule of a world', room.schedule, 'remove some first')
    stage.store.put('schedule', [...events, event])
    stage.tell(`scheduled for ${toIso(at)}: ${describeScheduled(event)}`)
    const view = this.#view(event)
    this.catchUp()
    return view
  }

  /** Takes one event off. Throws ERR_EVENT_UNKNOWN, naming the nearest. */
  remove(id: string): ScheduledView {
    this.catchUp()
    const events = scheduleOf(this.#stage.store)
    const event = events.find((each) => each.id === id)
    if (event === undefined) {
      const ids = events.map((each) => each.id)
      const there = ids.length === 0 ? 'nothing is scheduled' : `there are ${ids.join(', ')}`
      const message = `There is no event "${id}" to come; ${there}.${didYouMean(nearestWord(id, ids))}`
      throw new UnderstudyError('ERR_EVENT_UNKNOWN', message)
    }
    const view = this.#view(event)
    this.#stage.store.put(
      'schedule',
      events.filter((each) => each !== event),
    )
    this.#stage.tell(`no longer scheduled: ${describeScheduled(event)}`)
    return view
  }

  #view(event: ScheduledEvent): ScheduledView {
    const left = Math.max(0, Math.floor((event.at - this.#stage.worldNow()) / 1000)) * 1000
    return { id: event.id, at: toIso(event.at), in: formatDuration(left), what: describeScheduled(event) }
  }
}

function invalid(issues: readonly Issue[]): UnderstudyError {
  return new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
}
