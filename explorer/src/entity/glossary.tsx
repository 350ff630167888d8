import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { useStore } from '../app/store.ts';
import { language } from '../app/words/language.ts';
import { useWords } from '../app/words/words.ts';
import { ENTITY } from './words.ts';

const GLOSSARY = graphql(`
  query Glossary {
    concepts: topics(scheme: CONCEPT, first: 50) {
      nodes {
        id
        name
        definition
        definitionEn: definition(language: EN)
      }
    }
    labels: topics(scheme: LABEL, first: 50) {
      nodes {
        id
        name
        definition
        definitionEn: definition(language: EN)
      }
    }
  }
`);
const NONE = {};

/** Schemes of topics that are understood by what they are not: a pole beside a cluster. */
export const GLOSSARY_SCHEMES: readonly string[] = ['CONCEPT', 'LABEL'];

/** The other notions and labels that have a definition, each with it. */
export function Glossary({ without }: { readonly without: string }) {
  const words = useWords(ENTITY);
  const isEnglish = useStore(language) === 'en';
  const { data } = useAnswer(GLOSSARY, NONE);
  const topics = [...(data?.concepts?.nodes ?? []), ...(data?.labels?.nodes ?? [])];
  const others = topics.filter(({ id, definition }) => id !== without && definition !== null);
  if (others.length === 0) return null;
  return (
    <Panel id="glossary" title={words.glossary} aside={<QueryLink document={GLOSSARY} variables={NONE} />}>
      <dl class="glossary">
        {others.map((topic) => (
          <div key={topic.id}>
            <dt>
              <NodeLink node={topic} />
            </dt>
            <dd lang={isEnglish && topic.definitionEn ? 'en' : 'fr'}>
              {(isEnglish && topic.definitionEn) || topic.definition}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
