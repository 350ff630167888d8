import { useMemo } from 'preact/hooks';
import { graphql } from '../../api/graphql.ts';
import { type Parameter, useAddress } from '../address.ts';
import { useFormat } from '../words/format.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** What the pager of a list needs of its page. */
export const PAGE = graphql(`
  fragment PageShown on PageInfo {
    hasNextPage
    startCursor
    endCursor
  }
`);

/** A page of a connection, as the API answers it. */
export interface ListPage<Row> {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly Row[];
}

/** Where a page of a list is: how many entries come before it, and the cursor that it follows or precedes. */
interface Place {
  readonly offset: number;
  readonly after: string | null;
  readonly before: string | null;
}

const START: Place = { offset: 0, after: null, before: null };

/** As 20-after-CURSOR in the address. */
const place: Parameter<Place> = {
  isPlace: true,
  read: (text) => {
    const [, offset, side, cursor] = /^(\d{1,7})-(after|before)-(.+)$/.exec(text ?? '') ?? [];
    if (cursor === undefined) return START;
    return side === 'after'
      ? { offset: Number(offset), after: cursor, before: null }
      : { offset: Number(offset), after: null, before: cursor };
  },
  write: ({ offset, after, before }) => {
    if (after !== null) return `${offset}-after-${after}`;
    return before !== null && offset > 0 ? `${offset}-before-${before}` : null;
  },
};

/** The arguments of a page of a connection. */
export interface PageArguments {
  readonly first: number | null;
  readonly after: string | null;
  readonly last: number | null;
  readonly before: string | null;
}

/** A place in a list that the address remembers under a name. */
export interface Paging {
  readonly arguments: PageArguments;
  readonly name: string;
  readonly size: number;
  readonly offset: number;
}

/** Pages of a list, which the address remembers under a name: `members=20-after-…`. */
export function usePaging(name: string, size: number): Paging {
  const shape = useMemo(() => ({ [name]: place }), [name]);
  const { values } = useAddress(shape);
  const { offset, after, before } = values[name] as Place;
  const isBackward = before !== null;
  return {
    name,
    size,
    offset,
    arguments: {
      first: isBackward ? null : size,
      after,
      last: isBackward ? size : null,
      before,
    },
  };
}

interface PagerProps {
  readonly paging: Paging;
  readonly total: number;
  readonly shown: number;
  readonly info: {
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Links to the pages before and after, and where one is: 21–40 of 830. Nothing where one page shows all. */
export function Pager({ paging, total, shown, info }: PagerProps) {
  const words = useWords(SHELL);
  const { number } = useFormat();
  const shape = useMemo(() => ({ [paging.name]: place }), [paging.name]);
  const address = useAddress(shape);
  const { offset, size } = paging;
  if (total <= shown && offset === 0) return null;
  const to = (next: Place): string => address.with({ [paging.name]: next } as never);
  const before = Math.max(0, offset - size);
  return (
    <nav class="pager" aria-label={words.pagesOf(paging.name)}>
      {offset > 0 && <a href={to({ offset: before, after: null, before: info.startCursor })}>← {words.previous}</a>}
      <span class="quiet">{words.rangeOf(number(offset + 1), number(offset + shown), number(total))}</span>
      {info.hasNextPage && (
        <a href={to({ offset: offset + shown, after: info.endCursor, before: null })}>{words.next} →</a>
      )}
    </nav>
  );
}
