import { BlockList } from 'node:net';
import { printSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { AdmittingEngine } from '../../graph/admission.ts';
import { questions } from '../../scheduling/questions.ts';
import { RequestPlaces } from '../../scheduling/request-places.ts';
import { authentication, useAuthentication } from '../auth/authentication.ts';
import { useSignIn } from '../auth/sign-in-route.ts';
import { NO_TOKENS } from '../auth/tokens.ts';
import { useAnswerBudget } from '../documents/answer-budget.ts';
import { boundedCache, noCache } from '../documents/bounded-cache.ts';
import { AnswerBudget } from '../documents/budget.ts';
import { useCompiledQueries } from '../documents/compiled-queries.ts';
import { useCostLimit } from '../documents/cost-limit.ts';
import { useDocumentLimits } from '../documents/document-limits.ts';
import { useNoIntrospection } from '../documents/introspection.ts';
import { PERSISTED_PARAMETERS, usePersistedDocuments } from '../documents/persisted-documents.ts';
import { PersistedStore } from '../documents/persisted-store.ts';
import { useValidation } from '../documents/validation.ts';
import { useVariableLimits } from '../documents/variable-limits.ts';
import { useVariables } from '../documents/variables.ts';
import { MCP_PATH, useMcp } from '../mcp/mcp.ts';
import { protectedResource } from '../mcp/protected-resource.ts';
import { useAudit } from '../observe/audit.ts';
import { useFollowedWork } from '../observe/followed-work.ts';
import { type LoadingReader, useLoading } from '../observe/loading.ts';
import { Metrics, metricsRoute, useMetrics } from '../observe/metrics.ts';
import { readyz, useReadiness } from '../observe/readiness.ts';
import { useRequestLog } from '../observe/request-log.ts';
import { useShownPlan } from '../observe/shown-plan.ts';
import { useAdministration } from './administration.ts';
import { useAdmission, useClientAddress, useTurns } from './admission.ts';
import { useAnswerCache } from './answer-cache.ts';
import type { ApplicationParts } from './application-parts.ts';
import { useBodyLimit } from './body-limit.ts';
import { useCommonHeaders } from './common-headers.ts';
import { useCompression } from './compression.ts';
import { corsRules, fileReaders, hintOnce } from './cors.ts';
import { useCountedQuestions } from './counted-questions.ts';
import { useCsvAnswers } from './csv-answers.ts';
import { useEntityTags } from './entity-tags.ts';
import { useAnsweredErrors } from './errors.ts';
import { serveExplorer } from './explorer.ts';
import { useExports } from './exports.ts';
import { useOfflineGraphiql } from './graphiql.ts';
import { useHttpRules } from './http-rules.ts';
import { joinedPlugins } from './joined-plugins.ts';
import { landingPage } from './landing.ts';
import { useLastResort } from './last-resort.ts';
import { useParameterTypes } from './parameters.ts';
import { useRateLimit } from './rate-limit.ts';
import { useReport } from './report.ts';
import { requestState } from './request-state.ts';
import { useRoutes } from './routes.ts';
import { schemaRoute } from './schema-route.ts';
import { useSubscriptions } from './subscriptions.ts';
import { useTimeLimit } from './time-limit.ts';
import { useUnreadAnswers } from './unread-answers.ts';
import { useVersionAhead } from './version-ahead.ts';

/** The application that answers requests: for a server of node:http, or by `fetch` in tests. */
export type Application = YogaServerInstance<object, object>;

/** Joins the parts of the server, in the order in which a request passes them. */
export function createApplication(parts: ApplicationParts): Application {
  const { config, engine, schema, createContext, logger, readiness, closing } = parts;
  const { tokens = NO_TOKENS, signIn = null, cache = null, metrics = new Metrics() } = parts;
  const { documents = new PersistedStore() } = parts;
  const { limits, corsOrigins, graphiql, introspection, publicRead, trustedProxies = new BlockList() } = config;
  const { subscriptions, clientShare } = limits;
  // A database that was never heard of is not waited for by every answer.
  const loading: LoadingReader = async (options) =>
    readiness.reason === 'DATABASE_UNAVAILABLE' ? null : ((await parts.loading?.(options)) ?? null);
  const places = new RequestPlaces({ ...limits, sharePercent: clientShare });
  const statements = engine instanceof AdmittingEngine ? engine : undefined;
  if (statements) statements.onWaited = (seconds) => metrics.waited('statement', seconds);
  metrics.observe({ cache, readiness });
  metrics.observePlaces('request', places);
  if (statements) metrics.observePlaces('statement', statements);
  const readers = fileReaders(config);
  const authenticate = authentication(tokens, { publicRead, signIn });
  const page = landingPage(schema, (signal) => createContext(signal, null), { graphiql, publicRead, loading });
  const publicUrl = config.publicUrl ?? null;
  const agents = config.jwt ? protectedResource(config.jwt, { path: MCP_PATH, publicUrl }) : null;
  const routes = new Map([
    ...(agents?.routes ?? []),
    ['/', page],
    ['/livez', () => Response.json({ status: 'alive' })],
    ...(config.showSchema
      ? [['/schema.graphql', schemaRoute(parts.printSchema ?? (() => printSchema(schema)), authenticate)] as const]
      : []),
    ['/readyz', readyz({ readiness, engine, loading, snapshot: parts.snapshot })],
    // With a port of their own, the metrics need no token.
    ...(config.metricsPort == null ? [['/metrics', metricsRoute(metrics, authenticate)] as const] : []),
  ]);
  const explorer = parts.explorer
    ? serveExplorer(logger, { folder: parts.explorer, embedOrigins: config.embedOrigins ?? [], graphiql })
    : null;
  const application: Application = createYoga({
    schema,
    context: ({ request }): object => {
      const state = requestState(request);
      const { cancelling, author, requester } = state;
      state.budget = new AnswerBudget(limits, cancelling.signal);
      const servedAt = {
        // Few requests ask for it.
        get url(): string {
          return config.publicUrl ?? new URL(request.url).origin;
        },
        fileReaders: readers,
      };
      return { ...createContext(cancelling.signal, author, requester), budget: state.budget, servedAt };
    },
    cors: corsRules(
      config,
      hintOnce((line) => parts.say?.(`  note      ${line}`), config),
    ),
    plugins: joinedPlugins([
      useLastResort(logger),
      useParameterTypes(),
      // Before everything that looks at the document.
      usePersistedDocuments(documents),
      useCsvAnswers(schema),
      // Its answers are completed by the plugins that follow.
      useUnreadAnswers(limits, metrics),
      useCommonHeaders(),
      useClientAddress(trustedProxies),
      useFollowedWork({ tracing: parts.tracing ?? null, slowMs: config.slowMs ?? null, logger }),
      ...(parts.openExport ? [useExports(parts.openExport, { isShared: engine.isShared, logger })] : []),
      useAuthentication(authenticate, agents?.challenge),
      ...(signIn ? [useSignIn(signIn, logger)] : []),
      ...(parts.administration
        ? [
            useAdministration(parts.administration, {
              ...{ authenticate, readiness, closing, logger },
              isShared: engine.isShared,
            }),
          ]
        : []),
      useMcp({ ...{ schema, authenticate, corsOrigins, limits, logger }, publicUrl }, (request, context) =>
        application.fetch(request, context),
      ),
      ...(explorer ? [explorer.plugin] : []),
      useRoutes(routes, logger, { missing: explorer?.missing }),
      useCountedQuestions(questions),
      ...(graphiql ? [useOfflineGraphiql(logger, { signIn, compression: config.compression !== false })] : []),
      useHttpRules({ allowedOrigins: corsOrigins, plainGet: config.plainGet ?? true }),
      useBodyLimit(limits),
      useVariableLimits(limits),
      useDocumentLimits(limits),
      useValidation(),
      ...(introspection ? [] : [useNoIntrospection()]),
      useLoading(loading),
      ...(cache ? [useAnswerCache(cache)] : []),
      useReport(),
      useEntityTags(engine),
      useTurns(),
      useAudit(logger),
      useRequestLog(logger),
      useMetrics(metrics),
      // Only where others may write is a version asked for.
      ...(parts.versions && engine.isShared ? [useVersionAhead(parts.versions)] : []),
      useReadiness(readiness),
      useVariables(),
      useCostLimit(limits),
      ...(config.plan ? [useShownPlan()] : []),
      ...(config.costPerMinute ? [useRateLimit(config.costPerMinute, parts.serverCount)] : []),
      useTimeLimit(limits),
      useAnswerBudget(limits),
      // After everything that rejects requests.
      useCompiledQueries(),
      useAdmission(places, metrics),
      useSubscriptions({
        ...{ subscriptions, clientShare, closing, authenticate },
        onOpen: (open) => metrics.subscriptions(open),
        onEvent: () => metrics.eventSent(),
      }),
      useAnsweredErrors({ logger, schema, showsNames: introspection }),
      ...(config.compression === false ? [] : [useCompression()]),
    ]),
    parserAndValidationCache: { documentCache: boundedCache(), errorCache: noCache(), validationCache: false },
    // Our own plugins do these: limit of bodies, masking with a request id and a log, GraphiQL without other origins,
    // 404 as JSON.
    maxRequestBodySize: false,
    maskedErrors: false,
    graphiql: false,
    landingPage: false,
    // Yoga's own answers every method at whatever ends like it: no address ends with a space, and /livez is a route.
    healthCheckEndpoint: ' ',
    multipart: false,
    extraParamNames: [...PERSISTED_PARAMETERS],
    logging: false,
  });
  return application;
}
