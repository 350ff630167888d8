import { useMemo } from 'preact/hooks';
import { isEmbedded, pageAt } from './paths.ts';
import { rememberScroll } from './scroll.ts';
import { Store, useStore } from './store.ts';

/** How a search parameter is read and written. A value that equals the default is not written. */
export interface Parameter<Value> {
  read(text: string | null): Value;
  write(value: Value): string | null;
  /** Whether it is the place in a list: any other change begins all lists at their first page. */
  readonly isPlace?: true;
}

/** The place in a list as a parameter writes it: 20-after-CURSOR. A cursor is of one list in one order, and of no other. */
const PLACE = /^\d{1,7}-(?:after|before)-./;

/** A text. */
export const text = (otherwise = ''): Parameter<string> => ({
  read: (given) => given ?? otherwise,
  write: (value) => (value === otherwise ? null : value),
});

/** A whole number; null when it is absent or no number. */
export const integer: Parameter<number | null> = {
  read: (given) => (given !== null && /^-?\d{1,9}$/.test(given) ? Number(given) : null),
  write: (value) => (value === null ? null : String(value)),
};

/** Yes or no; no is not written. */
export const flag: Parameter<boolean> = { read: (given) => given === '1', write: (value) => (value ? '1' : null) };

/** One of some words. */
export const oneOf = <const Word extends string>(words: readonly Word[], otherwise: Word): Parameter<Word> => ({
  read: (given) => words.find((word) => word === given) ?? otherwise,
  write: (value) => (value === otherwise ? null : value),
});

/** Several texts, such as identifiers, none of which contains a comma. */
export const list: Parameter<readonly string[]> = {
  read: (given) => (given ?? '').split(',').filter((part) => part !== ''),
  write: (values) => (values.length === 0 ? null : values.join(',')),
};

/** Where the reader is. */
export const here = new Store(new URL(location.href));

addEventListener('popstate', () => here.set(new URL(location.href)));

/** Goes to an address of the explorer: a new entry of the history, unless it replaces the present one. */
export function go(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const url = new URL(to, location.href);
  if (url.href === location.href) return;
  const isOtherPage = url.pathname !== location.pathname;
  rememberScroll();
  if (replace) history.replaceState(history.state, '', url);
  else history.pushState(null, '', url);
  here.set(url);
  if (isOtherPage && !replace) scrollTo(0, 0);
}

/** Follows links to pages of the explorer without loading it again; all other links are the browser's. */
export function followLinks(root: HTMLElement): void {
  root.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (event.defaultPrevented || event.button !== 0 || !link || link.target || link.hasAttribute('download')) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || pageAt(url.pathname) === null) return;
    // To a place on the same page.
    if (url.hash !== '' && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    // From a frame in another site's page, other pages are opened beside it.
    if (isEmbedded(location.pathname) && !isEmbedded(url.pathname)) open(url, '_blank', 'noopener');
    else go(link.href);
  });
}

type Values<Shape> = { readonly [Key in keyof Shape]: Shape[Key] extends Parameter<infer Value> ? Value : never };

/** The search parameters of a page, typed. */
export interface Address<Shape> {
  readonly values: Values<Shape>;
  /**
   * The address with some parameters changed, for a link. Parameters that the page does not name stay, but for places in lists:
   * what is filtered, sorted or dated otherwise begins at its first page.
   */
  with(changes: Partial<Values<Shape>>): string;
  /** Goes there. `replace` for what is typed or dragged, so that going back does not go through every step. */
  set(changes: Partial<Values<Shape>>, options?: { readonly replace?: boolean }): void;
}

/**
 * The address as the only place of a page's state: whatever a page shows is read here, and a link restores it.
 *
 * @example const { values, set } = useAddress(PARAMETERS); // const PARAMETERS = { q: text(), year: integer };
 */
// biome-ignore lint/suspicious/noExplicitAny: parameters of any values
export function useAddress<Shape extends Readonly<Record<string, Parameter<any>>>>(shape: Shape): Address<Shape> {
  const url = useStore(here);
  return useMemo(() => {
    const entries = Object.entries(shape).map(([name, { read }]) => [name, read(url.searchParams.get(name))]);
    const changed = (changes: Partial<Values<Shape>>): string => {
      const next = new URL(here.value);
      if (!Object.keys(changes).every((name) => shape[name]!.isPlace)) {
        for (const [name, value] of [...next.searchParams]) {
          if (!(name in shape) && PLACE.test(value)) next.searchParams.delete(name);
        }
      }
      for (const [name, value] of Object.entries(changes)) {
        const written = shape[name]!.write(value);
        if (written === null) next.searchParams.delete(name);
        else next.searchParams.set(name, written);
      }
      return `${next.pathname}${next.search}`;
    };
    return {
      values: Object.fromEntries(entries) as Values<Shape>,
      with: changed,
      set: (changes, options) => go(changed(changes), options),
    };
  }, [url, shape]);
}
