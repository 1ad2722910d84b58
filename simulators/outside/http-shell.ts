import { timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { SimulatorClock } from './clock.ts';
import type { FaultPanel } from './fault-panel.ts';

/** A refusal with its HTTP status; the error handler answers `{code, message}`. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface RequestFault {
  readonly fault: string;
  readonly probability: number;
  readonly ms: number;
}

const MAX_BODY_BYTES = 64 * 1024;

/** An HTTP server whose refusals are all `{code, message}`. */
export function httpShell(): FastifyInstance {
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof HttpRefusal)
      return reply.code(error.status).send({ code: error.code, message: error.message });
    const status = error.statusCode ?? 500;
    return reply
      .code(status)
      .send({ code: status < 500 ? 'INVALID_MESSAGE' : 'INTERNAL_ERROR', message: error.message });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ code: 'NOT_FOUND', message: `${request.method} ${request.url} is not served` }),
  );
  return app;
}

/** The message as its schema has it, or 400 naming the first field that is wrong. */
export function parsed<Schema extends z.ZodType>(schema: Schema, message: unknown): z.output<Schema> {
  const result = schema.safeParse(message ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HttpRefusal(400, 'INVALID_MESSAGE', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** Refuses every request of its scope without one of the bearer keys that are valid then. */
export function requireBearer(app: FastifyInstance, apiKeys: () => readonly string[]): void {
  app.addHook('onRequest', async (request) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    const isValid = apiKeys().some((apiKey) => {
      const expected = Buffer.from(`Bearer ${apiKey}`);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (!isValid) {
      throw new HttpRefusal(401, 'UNAUTHORIZED', 'A bearer key is required.');
    }
  });
}

/** The request is read and never answered. */
export function neverAnswer(reply: FastifyReply): FastifyReply {
  return reply.hijack();
}

/** Puts the panel's request faults before every route of the scope, in the order down, hang, error, latency. */
export function injectFaults<Setting extends RequestFault>(
  app: FastifyInstance,
  panel: FaultPanel<Setting>,
  clock: SimulatorClock,
): void {
  app.addHook('onRequest', async (_request: FastifyRequest, reply: FastifyReply) => {
    if (panel.strike('down')) {
      neverAnswer(reply);
      reply.raw.destroy();
      return;
    }
    if (panel.strike('hang')) {
      neverAnswer(reply);
      return;
    }
    if (panel.strike('error')) throw new HttpRefusal(503, 'UNAVAILABLE', 'The service is unavailable.');
    const slow = panel.strike('latency');
    if (slow) await new Promise<void>((resolve) => clock.after(slow.ms, resolve));
  });
}
