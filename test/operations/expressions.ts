import { parser } from '@prometheus-io/lezer-promql';

/** A condition on a label of a series. */
export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What an expression reads, and by which labels it groups. */
export interface Expression {
  readonly selectors: readonly { readonly metric: string; readonly matchers: readonly Matcher[] }[];
  readonly labels: readonly string[];
}

/** Reads an expression of Prometheus by its own grammar. Throws if it is not one. */
export function parsed(text: string): Expression {
  const selectors: { metric: string; matchers: Matcher[] }[] = [];
  const labels: string[] = [];
  const of = (node: { readonly from: number; readonly to: number }): string => text.slice(node.from, node.to);
  parser.parse(text).iterate({
    enter: ({ name, node, type }) => {
      if (type.isError) throw new Error(`Not an expression: ${text}`);
      if (name === 'VectorSelector') {
        selectors.push({ metric: of(node.getChild('Identifier')!), matchers: [] });
      } else if (name === 'UnquotedLabelMatcher') {
        const value = of(node.getChild('StringLiteral')!).slice(1, -1);
        const [label, operator] = [of(node.getChild('LabelName')!), of(node.getChild('MatchOp')!)];
        selectors.at(-1)!.matchers.push({ label, operator, value });
      } else if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') labels.push(of(node));
    },
  });
  if (selectors.length === 0) throw new Error(`Reads no metric: ${text}`);
  return { selectors, labels };
}

/** One series: its name, its labels, its value. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of /metrics. */
export function samplesOf(page: string): readonly Sample[] {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, metric, inBraces = '', value] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line)!;
    const labels = [...inBraces.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, text]) => [name!, text!]);
    return { metric: metric!, labels: Object.fromEntries(labels), value: Number(value) };
  });
}

/** Labels that Prometheus adds to what it reads. */
const OF_PROMETHEUS: readonly string[] = ['instance', 'job'];

const OPERATORS: Readonly<Record<string, (has: string, value: string) => boolean>> = {
  '=': (has, value) => has === value,
  '!=': (has, value) => has !== value,
  '=~': (has, value) => new RegExp(`^(?:${value})$`).test(has),
  '!~': (has, value) => !new RegExp(`^(?:${value})$`).test(has),
};

/** What is wrong with an expression for a server with these samples, in sentences. */
export function problemsOf(text: string, samples: readonly Sample[]): readonly string[] {
  const { selectors, labels } = parsed(text);
  const problems: string[] = [];
  const found = new Set<string>(OF_PROMETHEUS);
  for (const { metric, matchers } of selectors) {
    // Prometheus itself says whether it could read a server.
    if (metric === 'up') continue;
    const matching = samples.filter(
      (sample) =>
        sample.metric === metric &&
        matchers.every(
          ({ label, operator, value }) =>
            OF_PROMETHEUS.includes(label) || OPERATORS[operator]!(sample.labels[label] ?? '', value),
        ),
    );
    if (matching.length === 0) problems.push(`${metric} ${JSON.stringify(matchers)} selects nothing: ${text}`);
    for (const { label } of matchers) if (!OF_PROMETHEUS.includes(label)) found.add(label);
    for (const sample of matching) for (const label of Object.keys(sample.labels)) found.add(label);
  }
  for (const label of labels) if (!found.has(label)) problems.push(`No series has the label ${label}: ${text}`);
  return problems;
}
