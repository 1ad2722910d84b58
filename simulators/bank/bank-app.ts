import { BankFault, NewCharge, NewPayout, NewReturn } from '@brokerage/contracts/bank';
import { ClockSetting } from '@brokerage/contracts/exchange';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { HttpRefusal, httpShell, injectFaults, neverAnswer, parsed, requireBearer } from '../outside/http-shell.ts';
import type { BankRefusal } from './bank.ts';
import type { BankService } from './bank-service.ts';

const REFUSALS = {
  ID_REUSED: { status: 409, message: 'This id was used with another body.' },
  UNKNOWN_PAYMENT: { status: 404, message: 'No payment has this end-to-end id.' },
  AMOUNT_EXCEEDED: { status: 422, message: 'More than was paid cannot be returned.' },
} as const;
const Id = z.object({ id: z.string() });

/** The bank's HTTP face: the routes of `contracts/bank.ts`. */
export function bankApp(service: BankService, apiKey: string): FastifyInstance {
  const app = httpShell();
  app.get('/health', () => ({ status: 'UP' }));
  app.register(async (clients) => {
    injectFaults(clients, service.faults, service.clock);
    requireBearer(clients, () => [apiKey]);
    chargeRoutes(clients, service);
    payoutRoutes(clients, service);
    returnRoutes(clients, service);
  });
  app.register(
    async (admin) => {
      adminRoutes(admin, service);
    },
    { prefix: '/admin' },
  );
  return app;
}

function chargeRoutes(app: FastifyInstance, service: BankService): void {
  app.post('/charges', async ({ body }, reply) => {
    const charge = accepted(service.bank.charge(parsed(NewCharge, body)));
    await service.durable();
    return reply.code(201).send(charge);
  });
  app.get('/charges/:id', ({ params }) => found(service.bank.findCharge(parsed(Id, params).id)));
}

function payoutRoutes(app: FastifyInstance, service: BankService): void {
  app.post('/payouts', async ({ body }, reply) => {
    const request = parsed(NewPayout, body);
    if (service.faults.strike('hang-payout')) return neverAnswer(reply);
    const payout = accepted(service.bank.payout(request));
    await service.durable();
    return service.faults.strike('lost-payout-answer') ? neverAnswer(reply) : payout;
  });
  app.get('/payouts/:id', ({ params }) => found(service.bank.findPayout(parsed(Id, params).id)));
}

function returnRoutes(app: FastifyInstance, service: BankService): void {
  app.post('/returns', async ({ body }) => {
    const answer = accepted(service.bank.giveBack(parsed(NewReturn, body)));
    await service.durable();
    return answer;
  });
  app.get('/returns/:id', ({ params }) => found(service.bank.findReturn(parsed(Id, params).id)));
}

function adminRoutes(app: FastifyInstance, service: BankService): void {
  const { faults, clock } = service;
  app.get('/faults', () => ({ faults: faults.list() }));
  app.put('/faults', ({ body }) => {
    faults.set(parsed(BankFault, body));
    return { faults: faults.list() };
  });
  app.delete('/faults', () => {
    faults.clear();
    return { faults: faults.list() };
  });
  app.put('/clock', async ({ body }) => {
    const setting = parsed(ClockSetting, body);
    const machineMs = clock.nowMs() - clock.offsetMs();
    service.setClockOffset('offsetMs' in setting ? setting.offsetMs : setting.nowMs - machineMs);
    if ('isLast' in setting && setting.isLast) await service.told();
    return { nowMs: clock.nowMs() };
  });
}

function accepted<Result extends object>(result: Result | BankRefusal): Result {
  if (!('refusal' in result)) return result;
  const { status, message } = REFUSALS[result.refusal];
  throw new HttpRefusal(status, result.refusal, message);
}

function found<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new HttpRefusal(404, 'NOT_FOUND', 'Nothing has this id.');
  return result;
}
