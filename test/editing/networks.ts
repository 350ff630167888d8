import type { EditAction, EditArguments } from '../../src/editing/editor.ts';
import { World } from '../support/world.ts';
import { SOURCES } from './editors.ts';

/** Networks that follow one another. */
export const networks = (): World =>
  new World()
    .pole('Old', { id: 'pole/old', since: '2000', until: '2012' })
    .pole('Past', { id: 'pole/past', since: '2005', until: '2012' })
    .pole('New', { id: 'pole/new', since: '2010' })
    .pole('Late', { id: 'pole/late', since: '2014', foundedOn: '2013' });

/** A mutation by which one follows another. */
export const succeed = (
  from: string,
  to: string,
  kind = 'MERGE',
  since: string | null = null,
): [EditAction, EditArguments] => ['networkSucceed', { input: { from, to, kind, since, sources: SOURCES } }];
