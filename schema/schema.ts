import './scalars.ts';
import './node.ts';
import './actor.ts';
import './organisation.ts';
import './network.ts';
import './project.ts';
import './patent.ts';
import './sources.ts';
import './territory.ts';
import './topic.ts';
import './indicator.ts';
import './claim.ts';
import './relationship.ts';
import './relationship-lists.ts';
import './search.ts';
import './traversal.ts';
import './subgraph-selection.ts';
import './subgraph-structure.ts';
import './subgraph-communities.ts';
import './subgraph-ranking.ts';
import './subgraph-assortativity.ts';
import './subgraph-series.ts';
import './subgraph-sources.ts';
import './subgraph-territories.ts';
import './subgraph-export.ts';
import './subgraph-positions.ts';
import './subgraph-progress.ts';
import './comparison.ts';
import './world-change.ts';
import './locality.ts';
import './duplicates.ts';
import './statistics.ts';
import './partnership-groups.ts';
import './suggestion.ts';
import './change.ts';
import './change-undo.ts';
import './viewer.ts';
import './subscription.ts';
import './organisation-mutations.ts';
import './network-mutations.ts';
import './membership-mutations.ts';
import './affiliation-mutations.ts';
import './partnership-mutations.ts';
import './project-mutations.ts';
import './participation-mutations.ts';
import './patent-mutations.ts';
import './annotation-mutations.ts';
import './source-mutations.ts';
import './node-mutations.ts';
import { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { SemanticNonNullDirective } from './semantic-non-null.ts';

const config = builder.toSchema().toConfig();

/** The executable schema of the API. */
export const schema = new GraphQLSchema({
  ...config,
  directives: [...config.directives, SemanticNonNullDirective],
  description:
    'Knowledge graph of innovation networks in France: poles, clusters, the organisations that belong to them, and their partnerships. Every fact carries its period and its sources. Lists are Relay connections: first and after page forward, last and before backward. asOf asks for the facts valid at a date.',
});
