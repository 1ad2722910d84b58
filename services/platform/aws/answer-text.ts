import type { HttpResponse, SerdeFunctions } from '@smithy/types';

const decoder = new TextDecoder();

/** An answer's body, which an HTTP handler gives as text, as bytes or as what the client's `streamCollector` collects. */
export async function answerText({ body }: HttpResponse, { streamCollector }: SerdeFunctions): Promise<string> {
  if (typeof body === 'string') return body;
  return decoder.decode(body instanceof Uint8Array ? body : await streamCollector(body));
}
