import { MemberCredentials } from '@brokerage/contracts/exchange-credentials';
import type { FastifyInstance } from 'fastify';
import { parsed } from '../outside/http-shell.ts';
import type { ExchangeService } from './exchange-service.ts';

/** The routes of `contracts/exchange-credentials.ts`, in a scope that requires a valid key. */
export function credentialRoutes(app: FastifyInstance, service: ExchangeService): void {
  app.post('/credentials', async ({ body }) => {
    service.keyRing.replace(parsed(MemberCredentials, body));
    await service.durable();
    return {};
  });
}
