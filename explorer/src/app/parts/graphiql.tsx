/** Whether this server has GraphiQL: its page says so where it has none, as in production. */
export const HAS_GRAPHIQL = document.documentElement.dataset.graphiql !== 'off';

/** Opens GraphiQL; nothing where there is none. */
export function GraphiqlLink() {
  if (!HAS_GRAPHIQL) return null;
  return (
    <a href="/graphql" target="_blank" rel="noopener">
      GraphiQL
    </a>
  );
}
