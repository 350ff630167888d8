import type { ComponentChildren } from 'preact';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { MOST_IDS } from '../address.ts';
import { type LoadedNetwork, MOST_NODES } from '../load.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';

/** Addresses that show more or less of a part: all its nodes, smaller and larger communities, no node without an edge. */
export interface NetworkLinks {
  readonly all: string;
  readonly finer: string;
  readonly coarser: string;
  readonly connected: string;
}

interface NotesProps {
  readonly state: PictureState;
  readonly loaded: LoadedNetwork | null;
  readonly links?: NetworkLinks | undefined;
  /** Whether nodes were added, which are in no community. */
  readonly isExpanded?: boolean;
}

/** What the picture does not show, and how to see it. */
export function Notes({ state, loaded, links, isExpanded = false }: NotesProps) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { picture, values, set } = state;
  const { hidden, off, otherYears } = picture.left;
  const notes: ComponentChildren[] = [];
  const found = loaded?.communities;
  if (loaded && found) {
    const nodes = count(loaded.nodeCount, words.nodes);
    notes.push(
      <>
        {words.noteCommunities(nodes, count(loaded.edgeCount, words.edges), number(found.drawn))}{' '}
        {links && loaded.nodeCount <= MOST_NODES && <a href={links.all}>{words.showAll(nodes)}</a>}{' '}
        {links && <a href={links.finer}>{words.finer}</a>} {links && <a href={links.coarser}>{words.coarser}</a>}
      </>,
    );
    if (isExpanded) notes.push(words.noteExpanded);
    if (found.count > found.drawn) {
      notes.push(words.noteSmall(number(found.count - found.drawn), count(found.nodesLeftOut, words.nodes)));
    }
    if (loaded.isolatedCount > 0) notes.push(words.noteIsolated(count(loaded.isolatedCount, words.nodes)));
    if (picture.network.edges.length >= 1_000) notes.push(words.noteLinks);
  }
  if (hidden > 0) {
    notes.push(
      <>
        {words.noteHidden(count(hidden, words.nodes))}{' '}
        <button type="button" class="plain small" onClick={() => set({ hide: [] })}>
          {words.unhide(number(hidden))}
        </button>
      </>,
    );
  }
  if (Math.max(values.hide.length, values.pin.length) >= MOST_IDS) notes.push(words.atMost(number(MOST_IDS)));
  if (off > 0) notes.push(words.noteFiltered(count(off, words.nodes)));
  if (otherYears > 0 && values.year !== null) {
    const years = values.versus === null ? String(values.year) : `${values.year}, ${values.versus}`;
    notes.push(words.noteYear(count(otherYears, words.edges), years));
  }
  const alone = found ? 0 : picture.nodes.filter((node) => picture.network.degree(node) === 0).length;
  if (alone > 0) {
    notes.push(
      <>
        {words.noteAlone(count(alone, words.nodes))} {links && <a href={links.connected}>{words.connectedOnly}</a>}
      </>,
    );
  }
  if (picture.nodes.length > 60) notes.push(words.noteLabels);
  if (notes.length === 0) return null;
  return (
    <section class="network-notes small" aria-label={words.notes}>
      {notes.map((note, place) => (
        <p key={place}>{note}</p>
      ))}
    </section>
  );
}
