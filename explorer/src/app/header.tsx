import { SearchBox } from '../find/search-box.tsx';
import { here } from './address.ts';
import { GraphiqlLink } from './parts/graphiql.tsx';
import { PATHS, type PageName, pageAt } from './paths.ts';
import { ROUTES } from './routes.ts';
import { useStore } from './store.ts';
import { chooseTheme, THEMES, type Theme, theme } from './theme.ts';
import { chooseLanguage, language } from './words/language.ts';
import { SHELL } from './words/shell.ts';
import { usePhrase, useWords } from './words/words.ts';

function HeaderLink({ name }: { readonly name: PageName }) {
  const title = usePhrase(ROUTES[name].title);
  const isHere = pageAt(useStore(here).pathname) === name;
  return (
    <a href={PATHS[name][0]} aria-current={isHere ? 'page' : undefined}>
      {title}
    </a>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M10 11h12M10 11l6 10M22 11l-6 10" />
      <circle cx="10" cy="11" r="5" />
      <circle cx="22" cy="11" r="5" />
      <circle cx="16" cy="22" r="5" />
    </svg>
  );
}

/** Name, search box, links to the main pages, language and theme. */
export function Header() {
  const words = useWords(SHELL);
  const tag = useStore(language);
  const chosen = useStore(theme);
  const page = pageAt(useStore(here).pathname);
  const names = (Object.keys(ROUTES) as PageName[]).filter((name) => ROUTES[name].inHeader);
  return (
    <header class="top">
      <a class="home" href="/">
        <Mark />
        Grappe
      </a>
      <nav aria-label={words.mainPages}>
        {names.map((name) => (
          <HeaderLink key={name} name={name} />
        ))}
        <GraphiqlLink />
      </nav>
      {/* The start page and that of results have the box in their middle. */}
      {page !== 'start' && page !== 'search' && <SearchBox />}
      <div class="settings">
        <button type="button" lang={words.otherLanguage.tag} onClick={() => chooseLanguage(tag === 'fr' ? 'en' : 'fr')}>
          {words.otherLanguage.name}
        </button>
        <select
          aria-label={words.theme}
          value={chosen}
          onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}
        >
          {THEMES.map((name) => (
            <option key={name} value={name}>
              {words.themes[name]}
            </option>
          ))}
        </select>
      </div>
    </header>
  );
}
