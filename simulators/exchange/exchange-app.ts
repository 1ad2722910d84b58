import {
  CancelRequest,
  ClOrdId,
  type ExecutionsPage,
  type InstrumentList,
  NewOrder,
  ReplaceRequest,
  type RequestAnswer,
} from '@brokerage/contracts/exchange';
import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod';
import { HttpRefusal, httpShell, injectFaults, neverAnswer, parsed, requireBearer } from '../outside/http-shell.ts';
import { credentialRoutes } from './credential-routes.ts';
import { adminRoutes } from './exchange-admin.ts';
import type { ExchangeService } from './exchange-service.ts';

const MAX_PAGE = 1_000;
const PageQuery = z.strictObject({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE),
});
const SymbolsQuery = z.strictObject({ symbols: z.string().optional() });

/** The exchange's HTTP face: the routes of `contracts/exchange.ts`. */
export function exchangeApp(service: ExchangeService): FastifyInstance {
  const app = httpShell();
  app.get('/health', () => ({ status: 'UP' }));
  app.register(async (faulted) => {
    injectFaults(faulted, service.faults, service.clock);
    faulted.get('/ping', () => ({ nowMs: service.clock.nowMs() }));
    faulted.register(async (members) => {
      requireBearer(members, () => service.keyRing.apiKeys());
      credentialRoutes(members, service);
      requestRoutes(members, service);
      queryRoutes(members, service);
    });
  });
  // The panel is the simulation's own: no member's key opens it.
  app.register(
    async (admin) => {
      adminRoutes(admin, service);
    },
    { prefix: '/admin' },
  );
  return app;
}

function requestRoutes(app: FastifyInstance, service: ExchangeService): void {
  const { exchange, faults } = service;
  const answer = async (reply: FastifyReply, run: (refused: boolean) => RequestAnswer) => {
    const result = run(faults.strike('refuse') !== undefined);
    await service.durable();
    return faults.strike('lost-answer') === undefined ? result : neverAnswer(reply);
  };
  app.post('/orders', ({ body }, reply) => {
    const message = parsed(NewOrder, body);
    return answer(reply, (refused) => exchange.enter(message, refused));
  });
  app.post('/cancels', ({ body }, reply) => {
    const message = parsed(CancelRequest, body);
    return answer(reply, (refused) => exchange.cancel(message, refused));
  });
  app.post('/replacements', ({ body }, reply) => {
    const message = parsed(ReplaceRequest, body);
    return answer(reply, (refused) => exchange.replace(message, refused));
  });
}

function queryRoutes(app: FastifyInstance, service: ExchangeService): void {
  const { exchange } = service;
  app.get('/orders/:clOrdId', async ({ params }) => {
    const { clOrdId } = parsed(z.object({ clOrdId: ClOrdId }), params);
    const state = exchange.state(clOrdId);
    if (state === undefined) throw new HttpRefusal(404, 'UNKNOWN_ORDER', `${clOrdId} is not known.`);
    // It may tell of what a request of this very turn did: that must be durable before anyone builds on it.
    await service.durable();
    return state;
  });
  app.get('/executions', ({ query }) => {
    const { since, limit } = parsed(PageQuery, query);
    const reports = exchange
      .reportsSince(since, limit)
      .map(({ json }) => JSON.parse(json) as ExecutionsPage['reports'][0]);
    return { reports, lastSeq: exchange.committedSeq } satisfies ExecutionsPage;
  });
  app.get('/instruments', (): InstrumentList => {
    return { instruments: exchange.instruments.map(({ quoted: _quoted, ...instrument }) => instrument) };
  });
  app.get('/market-data', ({ query }) => exchange.marketData(parsed(SymbolsQuery, query).symbols?.split(',')));
}
