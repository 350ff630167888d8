import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { viaOf } from './paths.ts';
import { WORDS } from './words.ts';

/** The shortest path in each of six years. */
const BY_YEAR = graphql(`
  query PathByYear(
    $a: ID!
    $b: ID!
    $y0: TraversalInput!
    $y1: TraversalInput!
    $y2: TraversalInput!
    $y3: TraversalInput!
    $y4: TraversalInput!
    $y5: TraversalInput!
  ) {
    y0: shortestPath(from: $a, to: $b, via: $y0) {
      ...Short
    }
    y1: shortestPath(from: $a, to: $b, via: $y1) {
      ...Short
    }
    y2: shortestPath(from: $a, to: $b, via: $y2) {
      ...Short
    }
    y3: shortestPath(from: $a, to: $b, via: $y3) {
      ...Short
    }
    y4: shortestPath(from: $a, to: $b, via: $y4) {
      ...Short
    }
    y5: shortestPath(from: $a, to: $b, via: $y5) {
      ...Short
    }
  }
  fragment Short on Path {
    length
    nodes {
      id
      name
    }
  }
`);

/** Six years, the present one last. */
const YEARS = Array.from({ length: 6 }, (_, place) => new Date().getFullYear() - 4 * (5 - place));

interface ByYearProps {
  readonly a: string;
  readonly b: string;
  readonly types: readonly string[];
  readonly hubs: number | null;
  /** The address of the page in a year. */
  readonly at: (year: number) => string;
}

/** What the shortest path would be in other years. */
export function ByYear({ a, b, types, hubs, at }: ByYearProps) {
  const words = useWords(WORDS);
  const { count } = useFormat();
  const [y0, y1, y2, y3, y4, y5] = YEARS.map((year) => viaOf({ types, hubs }, year));
  const { data } = useAnswer(BY_YEAR, { a, b, y0: y0!, y1: y1!, y2: y2!, y3: y3!, y4: y4!, y5: y5! });
  if (!data) return null;
  const found = [data.y0, data.y1, data.y2, data.y3, data.y4, data.y5];
  return (
    <table class="path-years">
      <thead>
        <tr>
          <th scope="col">{words.year0}</th>
          <th scope="col">{words.length}</th>
          <th scope="col">{words.through}</th>
        </tr>
      </thead>
      <tbody>
        {YEARS.map((year, place) => {
          const path = found[place];
          return (
            <tr key={year}>
              <th scope="row">
                <a href={at(year)}>{year}</a>
              </th>
              <td>{path ? count(path.length, words.steps) : words.noPath}</td>
              <td>
                {path?.nodes
                  .slice(1, -1)
                  .map(({ name }) => name)
                  .join(' → ')}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
