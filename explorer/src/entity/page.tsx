import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAddress } from '../app/address.ts';
import { NodeKind } from '../app/parts/node-link.tsx';
import { Page } from '../app/parts/page.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useWords } from '../app/words/words.ts';
import { ENTITY } from './words.ts';

const NODE = graphql(`
  query Node($id: ID!) {
    node(id: $id) {
      id
      name
    }
  }
`);
const NONE = {};

/** All that is known of one node. */
export function Entity() {
  const words = useWords(ENTITY);
  const id = useAddress(NONE).path.slice(1);
  const { data, failure, isLoading, again } = useAnswer(NODE, { id });
  if (failure) return <Failed failure={failure} again={again} />;
  if (isLoading || !data) return <Loading />;
  if (!data.node) return <Empty>{words.unknown(id)}</Empty>;
  return (
    <Page title={data.node.name ?? id} kind={<NodeKind id={id} />}>
      <p class="quiet">{id}</p>
    </Page>
  );
}

export { Entity as Page };
