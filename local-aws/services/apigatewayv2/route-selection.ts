import { notSupported } from '../../kernel/aws-error.ts';

const BODY_EXPRESSION = /^\$(?:request\.body\.([\w.]+)|\{request\.body\.([\w.]+)\})$/;

/** Route key that a message asks for; undefined when it is no JSON or has none. */
export type RouteSelection = (body: string) => string | undefined;

/** Compiles `$request.body.<path>`, the one kind of expression that reads a message. */
export function compileRouteSelection(expression: string): RouteSelection {
  const match = BODY_EXPRESSION.exec(expression);
  const path = (match?.[1] ?? match?.[2])?.split('.');
  if (!path) throw notSupported(`the route selection expression ${expression}`);
  return (body) => {
    let value = parse(body);
    for (const name of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return typeof value === 'object' ? undefined : String(value);
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A message need not be JSON: without a key it goes to `$default`.
    return undefined;
  }
}
