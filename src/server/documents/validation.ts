import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ValidationContext,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { clientError, MAX_ERRORS } from '../http/client-error.ts';
import { fragmentsOf } from './reading/fragments.ts';
import { fieldsIn } from './reading/walk.ts';

const CONDITIONS: ReadonlySet<string> = new Set(['skip', 'include']);

/**
 * A subscription has one field, which no variable can leave out (GraphQL, September 2025, section 5.2.4.1). graphql-js
 * does not check that, and its executor fails without a field.
 */
function UnconditionalSubscriptionRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation !== OperationTypeNode.SUBSCRIPTION) return;
      const seen = new Set(selectionSet.selections);
      const fragments = fragmentsOf(context.getDocument());
      const within = ({ selectionSet: inner }: { readonly selectionSet: typeof selectionSet }): true => {
        for (const selection of inner.selections) seen.add(selection);
        return true;
      };
      for (const _ of fieldsIn(fragments, [selectionSet], true, within));
      const directives = [...seen].flatMap((selection) => selection.directives ?? []);
      const nodes = directives.filter(({ kind, name }) => kind === Kind.DIRECTIVE && CONDITIONS.has(name.value));
      if (nodes.length === 0) return;
      const message =
        'The field of a subscription cannot be left out: @skip and @include may stand on the fields inside it.';
      context.reportError(new GraphQLError(message, { nodes }));
    },
  };
}

/** graphql-js stops comparing fields after half a million steps, and reports only that. */
const ABORTED = 'Validation aborted.';

function inOurWords(error: GraphQLError): GraphQLError {
  if (error.message !== ABORTED) return error;
  const message =
    'The document selects the same fields too often in one place to compare them: select each of them once.';
  return clientError('TOO_MANY_REPEATS', message);
}

/**
 * Validates documents up to MAX_ERRORS errors, with further rules that graphql-js lacks. Each document once: that Yoga would
 * do it too takes longer, since it looks at the names of all rules each time.
 *
 * @example createYoga({ schema, plugins: [useValidation()] })
 */
export function useValidation(): Plugin {
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    onValidate({ params, setResult, setValidationFn }) {
      const before = known.get(params.documentAST);
      if (before) {
        setResult(before);
        return;
      }
      setValidationFn((schema, document, rules) => {
        // First, and alone: graphql-js throws at a variable in such a directive.
        const conditional = validate(schema, document, [UnconditionalSubscriptionRule]);
        const errors =
          conditional.length > 0
            ? conditional
            : // The last one says that there were too many.
              validate(schema, document, rules, { maxErrors: MAX_ERRORS }).slice(0, MAX_ERRORS).map(inOurWords);
        known.set(document, errors);
        return errors;
      });
    },
  };
}
