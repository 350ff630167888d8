import { nameOfSortKey } from '../domain/fold.ts';
import { DAWN } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Days, NodeTest } from '../store/in-memory.ts';
import type { NodeText } from '../store/snapshot.ts';
import { type DayNumbers, dayNumber, daysIn } from './columns.ts';
import { allOf, factTestOf, type MeetsTest } from './edge-tests.ts';
import { typeCode } from './nodes.ts';
import { type Leading, Paths } from './paths.ts';
import type { Snapshot } from './snapshot.ts';

const UNKNOWN_BEGINNING = dayNumber(DAWN);

/** Conditions on nodes, with their parameters, as functions on a snapshot. To be used before the next await. */
export class NodeTests {
  readonly #snapshot: Snapshot;
  readonly #parameters: Parameters;
  readonly #leading = new Map<NodeTest, Leading>();

  constructor(snapshot: Snapshot, parameters: Parameters) {
    this.#snapshot = snapshot;
    this.#parameters = parameters;
  }

  /**
   * The nodes that all meet a test and are all that may, in no order, where the test says which and finding them costs no more than
   * looking at so many; else null.
   */
  candidates(test: NodeTest, most: number): Int32Array | null {
    const leading = this.#leadings(test).reduce<Leading | null>(
      (cheapest, each) => (cheapest && cheapest.cost <= each.cost ? cheapest : each),
      null,
    );
    return leading === null || leading.cost > most ? null : leading.all;
  }

  /** What leads to what, of a test that no other nodes can meet. */
  #leadings(test: NodeTest): Leading[] {
    if (test.is === 'leads') return [this.#leadingTo(test)];
    return test.is === 'all' ? test.of.flatMap((each) => this.#leadings(each)) : [];
  }

  /** With what the folded names of all nodes begin that meet a test, where the test says so; else null. */
  prefix(test: NodeTest): string | null {
    if (test.is === 'name starts with') return this.#text(test.text);
    if (test.is !== 'all') return null;
    return test.of.map((each) => this.prefix(each)).find((prefix) => prefix !== null) ?? null;
  }

  /** A condition as a function. */
  of(test: NodeTest): MeetsTest {
    const { nodes } = this.#snapshot;
    switch (test.is) {
      case 'all':
      case 'any': {
        const tests = test.of.map((each) => this.of(each));
        return test.is === 'all' ? allOf(tests) : (node) => tests.some((meets) => meets(node));
      }
      case 'not': {
        const meets = this.of(test.of);
        return (node) => !meets(node);
      }
      case 'type among': {
        const codes = new Set(this.#texts(test.values).map((type) => typeCode(type as NodeType)));
        return (node) => codes.has(nodes.type.items[node]!);
      }
      case 'id among': {
        const numbers = new Set(this.#texts(test.values).map((id) => nodes.find(id)));
        return (node) => numbers.has(node);
      }
      case 'among': {
        const values = new Set(this.#texts(test.values));
        return this.#byText(test.field, (text) => values.has(test.ignoresCase ? text.toLowerCase() : text));
      }
      case 'dated': {
        const first = this.#text(test.first);
        return this.#byText(test.field, (date) => date >= first.slice(0, date.length));
      }
      case 'dated by': {
        const last = this.#text(test.last);
        return this.#byText(test.field, (date) => date <= last);
      }
      case 'least': {
        const least = this.#parameters[test.number] as number;
        return (node) => nodes.count(node, test.field) >= least;
      }
      case 'most': {
        const most = this.#parameters[test.number] as number;
        return (node) => nodes.count(node, test.field) <= most;
      }
      case 'some': {
        const isSome = this.#parameters[test.value] as boolean;
        return (node) => nodes.count(node, test.field) > 0 === isSome;
      }
      case 'public': {
        const isPublic = this.#parameters[test.value] as boolean;
        return (node) => nodes.is(node, isPublic);
      }
      case 'identified':
        return (node) => nodes.hasIdentifier(node, test.field);
      case 'name contains': {
        const text = this.#text(test.text);
        return (node) => nameOfSortKey(nodes.sortKey(node)).includes(text);
      }
      case 'name starts with': {
        const text = this.#text(test.text);
        const bytes = Buffer.from(text);
        return (node) => nodes.nameStartsWith(node, bytes);
      }
      case 'valid': {
        const { first, last } = this.#days(test.days);
        return (node) => nodes.isValid(node, first, last);
      }
      case 'active':
        return this.#isActive(this.#days(test.days));
      case 'undated':
        return this.#mayBeActive(this.#days(test.days));
      case 'ends': {
        const [min, max] = [test.min, test.max].map((name) => this.#parameters[name] as number) as [number, number];
        const paths = new Paths(this.#snapshot, test.path, test.days && this.#days(test.days));
        return (node) => {
          const { size } = paths.ends(node);
          return size >= min && size <= max;
        };
      }
      case 'some fact':
      case 'every fact':
        return factTestOf(test, {
          snapshot: this.#snapshot,
          parameters: this.#parameters,
          days: test.days && this.#days(test.days),
          nodeTest: (inside) => this.of(inside),
        });
      case 'leads':
        return this.#isLeading(this.#leadingTo(test));
    }
  }

  /** The conditions of store/label.ts: a pole is what its labels make it; a cluster is a body of its own. */
  #isActive({ first, last }: DayNumbers): MeetsTest {
    const { nodes } = this.#snapshot;
    const cluster = typeCode('Cluster');
    return (node) => {
      if (nodes.validTo.items[node]! < first) return false;
      const labels = this.#datedLabels(node);
      if (labels.some((label) => label.first <= last && label.last >= first)) return true;
      const since = nodes.validFrom.items[node]!;
      const isKnown = since > UNKNOWN_BEGINNING && since <= last;
      return isKnown && (nodes.type.items[node] === cluster || labels.length === 0);
    };
  }

  #mayBeActive({ first }: DayNumbers): MeetsTest {
    const { nodes } = this.#snapshot;
    return (node) =>
      nodes.validTo.items[node]! >= first &&
      nodes.validFrom.items[node] === UNKNOWN_BEGINNING &&
      this.#datedLabels(node).length === 0;
  }

  /** The labels of known beginning that a network has had. */
  #datedLabels(node: number): DayNumbers[] {
    const type = this.#snapshot.type('HOLDS_LABEL');
    return [...type.at('out').list(node)]
      .map((edge) => ({ first: type.edges.validFrom.items[edge]!, last: type.edges.validTo.items[edge]! }))
      .filter((label) => label.first > UNKNOWN_BEGINNING);
  }

  #leadingTo(test: Extract<NodeTest, { is: 'leads' }>): Leading {
    const known = this.#leading.get(test);
    if (known) return known;
    const paths = new Paths(this.#snapshot, test.path, test.days && this.#days(test.days));
    const leading = paths.leadingTo(this.#texts(test.to));
    this.#leading.set(test, leading);
    return leading;
  }

  /** Looks at nodes one by one until that has cost as much as finding all that lead there. */
  #isLeading(leading: Leading): MeetsTest {
    let looked = 0;
    let all: Uint8Array | null = null;
    return (node) => {
      if (all === null && ++looked <= leading.cost) return leading.has(node);
      if (all === null) {
        all = new Uint8Array(this.#snapshot.nodes.size);
        for (const each of leading.all) all[each] = 1;
      }
      return all[node] === 1;
    };
  }

  /** A condition on a text, which an unknown one does not meet; each text is looked at once. */
  #byText(field: NodeText, meets: (text: string) => boolean): MeetsTest {
    const { nodes, dictionary } = this.#snapshot;
    const known = new Map<number, boolean>([[0, false]]);
    return (node) => {
      const code = nodes.code(node, field);
      const found = known.get(code);
      if (found !== undefined) return found;
      const answer = meets(dictionary.text(code)!);
      known.set(code, answer);
      return answer;
    };
  }

  #text(name: string): string {
    return this.#parameters[name] as string;
  }

  #texts(name: string): readonly string[] {
    return this.#parameters[name] as readonly string[];
  }

  #days(days: Days): DayNumbers {
    return daysIn(this.#parameters, days);
  }
}
