import { firstDay, lastDay, type PartialDate } from '../../domain/partial-date.ts';
import { describedWithSources, type ExportDocument, kindsOf, periodOf } from './document.ts';
import { xmlText } from './xml.ts';

/** Declares a column. Its identifier is its title: some programs show the one, some the other. */
const attribute = (name: string, type: string): string => `<attribute id="${name}" title="${name}" type="${type}"/>`;

const value = (name: string, of: string | number | null): string =>
  of === null ? '' : `<attvalue for="${name}" value="${xmlText(String(of))}"/>`;

/** A date has no character that XML escapes. */
const dated = (name: string, of: string | null): string =>
  of === null ? '' : `<attvalue for="${name}" value="${of}"/>`;

/** The spell of an edge in days: its end is included, as GEXF 1.3 says; what is not known is left open. */
function spellsOf(since: string | null, until: string | null): string {
  if (since === null && until === null) return '';
  const start = since === null ? '' : ` start="${firstDay(since as PartialDate)}"`;
  const end = until === null ? '' : ` end="${lastDay(until as PartialDate)}"`;
  return `<spells><spell${start}${end}/></spells>`;
}

/**
 * GEXF 1.3 with a spell for each edge whose period is known; since and until are attributes too, for programs that do not
 * read spells (Gephi Lite).
 */
export function* gexf(document: ExportDocument): Generator<string> {
  const { graph, columns, communityOf, positionOf, title, madeOn } = document;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n`;
  yield `<meta lastmodifieddate="${madeOn}"><creator>Grappe</creator><title>${xmlText(title)}</title><description>${xmlText(describedWithSources(document))}</description></meta>\n`;
  yield '<graph defaultedgetype="undirected" mode="dynamic" timeformat="date" timerepresentation="interval">\n';
  yield `<attributes class="node" mode="static">${attribute('type', 'string')}${attribute('kind', 'string')}`;
  if (communityOf) yield attribute('community', 'integer');
  for (const { name, type } of columns) yield attribute(name, type);
  yield `</attributes>\n<attributes class="edge" mode="static">${attribute('kinds', 'string')}${attribute('projects', 'integer')}`;
  yield `${attribute('since', 'string')}${attribute('until', 'string')}</attributes>\n<nodes count="${graph.nodes.length}">\n`;
  for (const [number, { id, name, type, kind }] of graph.nodes.entries()) {
    const values = [
      ...[value('type', type), value('kind', kind), communityOf ? value('community', communityOf(number)) : ''],
      ...columns.map((column) => value(column.name, column.of(number))),
    ];
    const position = positionOf?.(number);
    const drawn = position ? `<viz:position x="${position[0]}" y="${position[1]}" z="0"/>` : '';
    yield `<node id="${xmlText(id)}" label="${xmlText(name)}"><attvalues>${values.join('')}</attvalues>${drawn}</node>\n`;
  }
  yield `</nodes>\n<edges count="${graph.pairCount}">\n`;
  const { from, to, projects, strength } = graph.pairs;
  const ids = graph.nodes.map(({ id }) => xmlText(id));
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const { since, until } = periodOf(graph, pair);
    const [source, target] = [ids[from[pair]!]!, ids[to[pair]!]!];
    const kinds = value('kinds', kindsOf(graph, pair).join(' '));
    // One text, put together at once: these lines are most of a file.
    yield `<edge id="${pair}" source="${source}" target="${target}" weight="${strength[pair]}"><attvalues>${kinds}<attvalue for="projects" value="${projects[pair]}"/>${dated('since', since)}${dated('until', until)}</attvalues>${spellsOf(since, until)}</edge>\n`;
  }
  yield '</edges>\n</graph>\n</gexf>\n';
}
