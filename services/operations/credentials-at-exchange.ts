import type { CallForeign, ForeignAnswer } from '../platform/foreign-http.ts';
import type { CredentialsAtExchange } from './rotate-exchange-credentials.ts';

const TIMEOUT_MS = 3_000;

export function createCredentialsAtExchange(call: CallForeign, baseUrl: string): CredentialsAtExchange {
  return {
    async accepts(apiKey) {
      const path = '/executions?limit=1';
      const answer = await call({ method: 'GET', url: `${baseUrl}${path}`, apiKey, timeoutMs: TIMEOUT_MS });
      if (answer.kind === 'ANSWERED' && answer.status === 200) return true;
      if (answer.kind === 'ANSWERED' && answer.status === 401) return false;
      throw new Error(`the exchange does not say whether it takes a key: ${textOf(answer)}`);
    },
    async set(apiKey, next) {
      const url = `${baseUrl}/credentials`;
      const answer = await call({ method: 'POST', url, apiKey, body: next, timeoutMs: TIMEOUT_MS });
      if (answer.kind === 'ANSWERED' && answer.status === 200) return;
      throw new Error(`the exchange did not set the new credentials: ${textOf(answer)}`);
    },
  };
}

/** Without the body, which may repeat what we sent. */
function textOf(answer: ForeignAnswer): string {
  return answer.kind === 'ANSWERED' ? `it answered ${answer.status}` : answer.reason;
}
