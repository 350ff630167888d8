import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { StoredNode } from '../store/node.ts';
import type { Edit } from './edit.ts';
import { checkInput, type Input, namesNodes } from './input.ts';
import { relationshipsTouching } from './removal.ts';
import { withSources } from './sources.ts';
import { type ResolvedInput, TO_RECORDS } from './to-records.ts';

/**
 * Records a published figure; the same figure again adds its sources, another value for that measure and date is
 * rejected.
 */
export async function recordIndicator(edit: Edit, input: Input): Promise<string | null> {
  const checked = checkInput('indicator', input, true);
  const { values, problems } = checked;
  const isComplete = namesNodes('indicator', checked, ['about']);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null, true);
  if (!isComplete) return null;
  await edit.lock([String(values.about)]);
  const resolved = { ...values, about: edit.survivor(String(values.about)) } as ResolvedInput;
  const records = TO_RECORDS.indicator(resolved);
  const id = records.nodes[0]!.id;
  const known = (await edit.lock([id])).get(id);
  if (known && known.value !== values.value) {
    edit.addProblem(
      'TAKEN',
      ['measure'],
      `${String(values.measure)} of ${String(values.from)} is recorded as ${known.value} already, as ${id}: delete it if it is wrong, or record a claim.`,
    );
    return null;
  }
  const sources = withSources(known?.sources, values.sources);
  await edit.submit(known ? TO_RECORDS.indicator({ ...resolved, sources }) : records);
  return id;
}

/** The other preferred claims about the same field of a node: the field can show only one of them. */
async function competingClaims(edit: Edit, about: string, field: string, id: string): Promise<StoredNode[]> {
  const claims = await relationshipsTouching(edit.transaction, [about], ['CLAIMED']);
  const others = claims.map(({ to }) => to).filter((to) => to !== id);
  const nodes = await edit.lock(others);
  return others.flatMap((other) => {
    const claim = nodes.get(other);
    return claim && claim.field === field && claim.preferred === true ? [claim] : [];
  });
}

/** Records what one source says about a field of a record. A preferred claim replaces the former preferred one. */
export async function recordClaim(edit: Edit, input: Input): Promise<string | null> {
  const checked = checkInput('claim', input, true);
  const { values, problems } = checked;
  const isComplete = namesNodes('claim', checked, ['about']);
  edit.problems.push(...problems);
  edit.checkSources(values.sources as readonly string[] | null, true);
  if (!isComplete) return null;
  const about = await edit.node(String(values.about), RELATIONSHIP_SHAPES.CLAIMED.from.types, ['about']);
  if (!about) return null;
  const resolved = { ...values, about: about.id } as ResolvedInput;
  const id = TO_RECORDS.claim(resolved).nodes[0]!.id;
  const known = (await edit.lock([id])).get(id);
  const records = TO_RECORDS.claim({ ...resolved, sources: withSources(known?.sources, values.sources) });
  const competing = values.preferred === true ? await competingClaims(edit, about.id, String(values.field), id) : [];
  const superseded = competing.map((claim) => ({ id: claim.id, type: claim.type, fields: { preferred: false } }));
  await edit.submit({ ...records, nodes: [...records.nodes, ...superseded] });
  return about.id;
}
