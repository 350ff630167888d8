import type { Random } from '../graph/random.ts';
import type { World } from '../graph/world.ts';

/** Parameters of one question, as they go over the wire. */
export type Values = Readonly<Record<string, unknown>>;

/** Makes a cursor of one of Grappe's lists that begins after a sort key. */
export type CursorAfter = (list: 'poles' | 'organisations', sortKey: string) => string;

/** One question with its parameters, for each language that a server speaks. */
export interface Question {
  readonly cypher: Values;
  readonly peer?: Values;
  readonly grappe: (after: CursorAfter) => Values;
  /** What is wrong with an answer, as the generator knows the graph; null when nothing is. */
  readonly problem: (answer: unknown) => string | null;
}

/** How a question is put in one language, and how its answer becomes a value that can be compared. */
export interface Language {
  readonly text: string;
  readonly answer: (received: never) => unknown;
}

/** Something that is asked again and again with other parameters, and must be answered alike by every server. */
export interface Workload {
  readonly id: string;
  readonly title: string;
  /** What a reader of the numbers must know of it. */
  readonly note?: string;
  /** Fields and arguments of Grappe's schema that it takes, as `Type.field` or `Type.field(argument)`. */
  readonly needs: readonly string[];
  /** Changes the graph: it comes last, and no question is asked twice. */
  readonly writes?: true;
  /** Several answers are right: they are compared with what the generator knows, not with each other. */
  readonly loose?: true;
  readonly questions: (world: World, random: Random) => Iterable<Question>;
  /**
   * Other questions by the same document, where there are few: a server that is asked nothing twice is asked them before each
   * turn, so that its first answers are not those of a program that has just been idle. They are neither compared nor timed.
   */
  readonly others?: (world: World, random: Random) => Iterable<Question>;
  /** Null where it cannot be said in one statement. */
  readonly cypher: Language | null;
  /** Null, or absent, where @neo4j/graphql cannot be asked it. */
  readonly peer: Language | null;
  readonly grappe: Language;
}

/** Yields what `make` makes, without end. */
export function* endless<Item>(make: (place: number) => Item): Generator<Item> {
  for (let place = 0; ; place++) yield make(place);
}

/** What `make` makes, once and when it is needed first: most questions are asked without looking at what is right. */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The problem of a list that is not of the length that it must have. */
export function ofLength(answer: unknown, length: number): string | null {
  if (!Array.isArray(answer)) return 'is no list';
  return answer.length === length ? null : `holds ${answer.length} entries instead of ${length}`;
}
