import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { here } from './address.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { LiveNote } from './live-note.tsx';
import { LoadingNote } from './loading-note.tsx';
import { Page } from './parts/page.tsx';
import { Failed } from './parts/states.tsx';
import { isEmbedded, ownPath, type PageName, pageAt } from './paths.ts';
import { ROUTES } from './routes.ts';
import { useStore } from './store.ts';
import { RETURN_PATH, store } from './stored.ts';
import { language } from './words/language.ts';
import { SHELL } from './words/shell.ts';
import { usePhrase, useWords } from './words/words.ts';

const loaded = new Map<PageName, ComponentType>();

/** The page of an address: its module is loaded once, and the page before stays until it is there. */
function useModule(name: PageName | null): { readonly View: ComponentType | null; readonly isMissing: boolean } {
  const [, render] = useState(0);
  const [lost, setLost] = useState<PageName | null>(null);
  useEffect(() => {
    if (name === null || loaded.has(name)) return;
    ROUTES[name].load().then(
      ({ Page: View }) => {
        loaded.set(name, View);
        render((count) => count + 1);
      },
      // The server was updated: the names of its files have changed.
      () => setLost(name),
    );
  }, [name]);
  return { View: name === null ? null : (loaded.get(name) ?? null), isMissing: lost !== null && lost === name };
}

function NotFound() {
  const words = useWords(SHELL);
  return (
    <Page title={words.notFound}>
      <p>{words.nothingHere}</p>
      <p>
        <a href="/">{words.toStart}</a>
      </p>
    </Page>
  );
}

/** Under a page in a frame: whose it is, and where the whole of it is. */
function FrameFooter({ url }: { readonly url: URL }) {
  const words = useWords(SHELL);
  return (
    <footer class="frame-foot">
      <a href={`${ownPath(url.pathname)}${url.search}`} target="_blank" rel="noopener">
        {words.openInGrappe}
      </a>
    </footer>
  );
}

/** Header, page and footer; in a frame the page with a link to where it comes from. */
export function Shell() {
  const url = useStore(here);
  const words = useWords(SHELL);
  const tag = useStore(language);
  const name = pageAt(url.pathname);
  const isInFrame = isEmbedded(url.pathname);
  const { View, isMissing } = useModule(name);
  const title = usePhrase(name === null ? { fr: SHELL.fr.notFound, en: SHELL.en.notFound } : ROUTES[name].title);
  useEffect(() => {
    document.documentElement.lang = tag;
  }, [tag]);
  useEffect(() => {
    document.title = `${title} · Grappe`;
  }, [title, name]);
  useEffect(() => {
    if (name !== null && name !== 'account' && !isInFrame) store(RETURN_PATH, `${url.pathname}${url.search}`);
  }, [url]);
  return (
    <>
      {!isInFrame && (
        <>
          <a class="skip" href="#main">
            {words.skip}
          </a>
          <Header />
        </>
      )}
      <LoadingNote />
      <main id="main" tabIndex={-1}>
        {name === null && <NotFound />}
        {isMissing && (
          <Page title={title}>
            <Failed failure={{ code: 'OFFLINE', message: '' }} again={() => location.reload()} />
          </Page>
        )}
        {View && <View />}
      </main>
      {isInFrame ? (
        <FrameFooter url={url} />
      ) : (
        <>
          <Footer />
          <LiveNote />
        </>
      )}
    </>
  );
}
