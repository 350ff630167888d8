import type { ComponentType } from 'preact';
import { here, text, useAddress } from '../app/address.ts';
import { typeOf } from '../app/parts/node-link.tsx';
import { nodeAt } from '../app/paths.ts';
import { useStore } from '../app/store.ts';
import { Actor } from './actor.tsx';
import './entity.css';
import { PatentRecord } from './patent.tsx';
import { ProjectRecord } from './project.tsx';
import { SourceRecord } from './source.tsx';
import { TerritoryRecord } from './territory.tsx';
import { TopicRecord } from './topic.tsx';

const PARAMETERS = { asOf: text() };

/** The page of each type of node. */
const RECORDS: Readonly<Record<string, ComponentType<{ readonly id: string; readonly asOf: string | null }>>> = {
  pole: Actor,
  cluster: Actor,
  organisation: Actor,
  project: ProjectRecord,
  territory: TerritoryRecord,
  topic: TopicRecord,
  source: SourceRecord,
  patent: PatentRecord,
};

/** All that is known of one node; `asOf` in the address shows it as it was at a date. */
export function Entity() {
  const { values } = useAddress(PARAMETERS);
  const id = nodeAt(useStore(here).pathname);
  const View = RECORDS[typeOf(id)]!;
  // Nothing of the record before is shown while the next one is awaited.
  return <View key={id} id={id} asOf={values.asOf === '' ? null : values.asOf} />;
}

export { Entity as Page };
