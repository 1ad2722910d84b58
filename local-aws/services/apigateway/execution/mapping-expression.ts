import { notSupported } from '../../../kernel/aws-error.ts';
import { contextVariable, type Variable } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

/**
 * Compiles where a value comes from: `'literal'`, `context.<name>`, `stageVariables.<name>` or
 * `method.request.{header|querystring|path}.<name>`; identity sources and gateway response parameters are written so.
 */
export function compileMapping(expression: string): (exchange: Exchange) => string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return () => literal;
  const variable = variableOf(expression);
  return (exchange) => {
    const value = variable(exchange);
    return value === undefined || value === null ? undefined : String(value);
  };
}

function variableOf(expression: string): Variable {
  const [, place, name = ''] =
    /^(context|stageVariables|method\.request\.(?:header|querystring|path))\.(.+)$/.exec(expression) ?? [];
  const lowerCaseName = name.toLowerCase();
  switch (place) {
    case 'context':
      return contextVariable(name);
    case 'stageVariables':
      return (exchange) => exchange.stage.variables?.[name];
    case 'method.request.header':
      return (exchange) => exchange.headers.get(lowerCaseName);
    case 'method.request.querystring':
      return (exchange) => exchange.query.single?.[name];
    case 'method.request.path':
      return (exchange) => exchange.pathParameters?.[name];
    default:
      throw notSupported(`the mapping expression ${expression}`);
  }
}
