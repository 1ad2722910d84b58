/** Calls DynamoDB's API with plain JSON, so that a test can send what an SDK would not. */
export type WireClient = (operation: string, input: unknown) => Promise<WireAnswer>;

export type WireAnswer =
  | { readonly kind: 'output'; readonly output: Record<string, unknown> }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly reasons: unknown;
      readonly item: unknown;
    };

/** Nobody checks the signature: the header only has to have its form. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=test/20260302/sa-east-1/dynamodb/aws4_request, ' +
  'SignedHeaders=host;x-amz-date;x-amz-target, Signature=0000';

export function wireClient(endpoint: string): WireClient {
  return async (operation, input) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260302T120000Z',
        authorization: AUTHORIZATION,
      },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (response.ok) return { kind: 'output', output: body };
    const type = String(body.__type);
    return {
      kind: 'error',
      code: type.slice(type.lastIndexOf('#') + 1),
      message: String(body.message ?? body.Message),
      reasons: body.CancellationReasons,
      item: body.Item,
    };
  };
}
