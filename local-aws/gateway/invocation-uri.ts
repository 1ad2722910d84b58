import { notSupported } from '../kernel/aws-error.ts';

const INVOCATION_URI =
  /^arn:aws:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/;

/** The function in `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<arn>/invocations`. */
export function functionArnOf(uri: string): string {
  const arn = INVOCATION_URI.exec(uri)?.[1];
  if (!arn) throw notSupported(`the integration URI ${uri}`);
  return arn;
}
