import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiModels } from './api-models.ts';
import { openApiDocument } from './openapi.ts';
import { ALL_ROUTES } from './routes.ts';

describe('routes', () => {
  it('name each operation, and each method of a path, once', () => {
    expect(new Set(ALL_ROUTES.map((route) => route.operation)).size).toBe(ALL_ROUTES.length);
    expect(new Set(ALL_ROUTES.map((route) => `${route.method} ${route.path}`)).size).toBe(ALL_ROUTES.length);
  });

  it.each(ALL_ROUTES.map((route) => [route.operation, route] as const))(
    '%s names its path parameters',
    (_name, route) => {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(route.pathParameters.shape)).toEqual(inPath);
    },
  );
});

describe('apiModels', () => {
  it('refuse in draft 4 what no order may hold', () => {
    const model = z.fromJSONSchema(apiModels().NewOrderRequest as z.core.JSONSchema.JSONSchema, {
      defaultTarget: 'draft-4',
    });
    const accepts = (body: unknown) => model.safeParse(body).success;
    const order = { symbol: 'PETR4', side: 'BUY', type: 'LIMIT', quantity: 100, limitPrice: '30.25' };
    expect(accepts(order)).toBe(true);
    expect(accepts({ ...order, limitPrice: 30.25 })).toBe(true);
    for (const wrong of [
      { quantity: 0 },
      { quantity: 1.5 },
      { quantity: 1e20 },
      { limitPrice: '30.255' },
      { extra: 1 },
    ]) {
      expect(accepts({ ...order, ...wrong })).toBe(false);
    }
  });

  it('take a client who has no profile yet', () => {
    const { properties } = apiModels().NewClientRequest as { properties: Record<string, z.core.JSONSchema.JSONSchema> };
    const profile = z.fromJSONSchema(properties.suitability!, { defaultTarget: 'draft-4' });
    const accepts = (value: unknown) => profile.safeParse(value).success;
    expect(['MODERATE', null, 'BOLD', undefined, 0].map(accepts)).toEqual([true, true, false, false, false]);
  });

  it('holds a model for every body that API Gateway checks', () => {
    const named = ALL_ROUTES.flatMap((route) => (route.body && route.body !== 'RAW' ? [route.bodyModel] : []));
    expect(Object.keys(apiModels()).sort()).toEqual([...new Set(named)].sort());
  });
});

describe('openApiDocument', () => {
  it('describes every route but the webhooks, with references that resolve', () => {
    const document = openApiDocument() as { paths: object; components: { schemas: Record<string, unknown> } };
    expect(Object.keys(document.paths)).toContain('/v1/orders/{orderId}');
    expect(Object.keys(document.paths).some((path) => path.includes('webhooks'))).toBe(false);
    const references = [...JSON.stringify(document.paths).matchAll(/#\/components\/schemas\/(\w+)/g)].map((m) => m[1]!);
    expect(references.length).toBeGreaterThan(10);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name);
  });

  it.each([
    ['/v1/orders', false],
    ['/v1/deposits', false],
    ['/v1/withdrawals', true],
  ])('says of POST %s whether it needs an Idempotency-Key: %s', (path, required) => {
    const { paths } = openApiDocument() as { paths: Record<string, { post: { parameters: readonly object[] } }> };
    expect(paths[path]?.post.parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', required }));
  });
});
