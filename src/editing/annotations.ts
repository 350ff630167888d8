import { ACTOR_TYPES } from '../domain/vocabulary.ts';
import type { StoredNode } from '../store/node.ts';
import { checkInput, type Input } from './input.ts';
import type { Edit } from './mutation.ts';
import { type Draft, NOUNS } from './nouns.ts';
import { relationshipsTouching } from './removal.ts';
import { withSources } from './sources.ts';

/** Records a published figure; the same figure again adds its sources, another of that measure and date is refused. */
export async function recordIndicator(edit: Edit, input: Input): Promise<string | null> {
  const { values, problems } = checkInput('indicator', input, true);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null, true);
  await edit.hold([String(values.about)]);
  const draft = { ...values, about: edit.survivor(String(values.about)) } as Draft;
  const made = NOUNS.indicator(draft);
  const id = made.nodes[0]!.id;
  const known = (await edit.hold([id])).get(id);
  if (known && known.value !== values.value) {
    edit.refuse(
      'TAKEN',
      ['measure'],
      `${String(values.measure)} of ${String(values.from)} is recorded as ${known.value} already, as ${id}: delete it if it is wrong, or record a claim.`,
    );
    return null;
  }
  const sources = withSources(known?.sources, values.sources);
  await edit.submit(known ? NOUNS.indicator({ ...draft, sources }) : made);
  return id;
}

/** Other claims of the node about the same field: only one of them can be what the field shows. */
async function rivalsOf(edit: Edit, about: string, field: string, id: string): Promise<StoredNode[]> {
  const claims = await relationshipsTouching(edit.transaction, [about], ['CLAIMED']);
  const others = claims.map(({ to }) => to).filter((to) => to !== id);
  const nodes = await edit.hold(others);
  return others.flatMap((other) => {
    const claim = nodes.get(other);
    return claim && claim.field === field && claim.preferred === true ? [claim] : [];
  });
}

/** Records what a source says of a field of an actor, beside what others say; a preferred claim replaces the former one. */
export async function recordClaim(edit: Edit, input: Input): Promise<string | null> {
  const { values, problems } = checkInput('claim', input, true);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null, true);
  const about = await edit.node(String(values.about), ACTOR_TYPES, ['about']);
  if (!about) return null;
  const draft = { ...values, about: about.id } as Draft;
  const id = NOUNS.claim(draft).nodes[0]!.id;
  const known = (await edit.hold([id])).get(id);
  const records = NOUNS.claim({ ...draft, sources: withSources(known?.sources, values.sources) });
  const rivals = values.preferred === true ? await rivalsOf(edit, about.id, String(values.field), id) : [];
  const yielding = rivals.map((rival) => ({ id: rival.id, type: rival.type, fields: { preferred: false } }));
  await edit.submit({ ...records, nodes: [...records.nodes, ...yielding] });
  return about.id;
}
