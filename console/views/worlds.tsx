import type { JSX } from 'preact'
import { OpenCard } from './open-card.tsx'
import { ScenarioCard } from './scenario-card.tsx'
import { SituationCard } from './situation-card.tsx'
import { SnapshotsCard } from './snapshots-card.tsx'
import { WorldsCard } from './worlds-card.tsx'

/** Whole worlds: what is played, what was kept, what others sent, and the copies that tests run in. */
export function WorldsView(): JSX.Element {
  return (
    <div class="cards">
      <ScenarioCard />
      <SnapshotsCard />
      <OpenCard />
      <WorldsCard />
      <SituationCard />
    </div>
  )
}
