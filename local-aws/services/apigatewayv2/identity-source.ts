import type { RequestHeaders } from '../../gateway/headers.ts';
import type { QueryParameters } from '../../gateway/query-string.ts';
import { notSupported } from '../../kernel/aws-error.ts';

/** Reads one part of a handshake that identifies its sender; undefined when it is not there. */
export type IdentitySource = (handshake: {
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
}) => string | undefined;

const SOURCE = /^route\.request\.(querystring|header)\.(.+)$/;

export function compileIdentitySource(expression: string): IdentitySource {
  const [, location, name = ''] = SOURCE.exec(expression) ?? [];
  if (location === 'querystring') return ({ query }) => query.single?.[name];
  if (location !== 'header') throw notSupported(`the identity source ${expression}`);
  return ({ headers }) => headers.get(name.toLowerCase());
}
