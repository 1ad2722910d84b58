import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from './environment-credentials.ts';

const provide = defaultProvider();

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('credentials of the environment', () => {
  it('are what Lambda sets', async () => {
    expect(await provide()).toEqual({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' });
  });

  it('are read anew each time, with their expiration when there is one', async () => {
    await provide();
    vi.stubEnv('AWS_SESSION_TOKEN', undefined);
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '2026-01-05T13:00:00Z');
    expect(await provide()).toEqual({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      expiration: new Date('2026-01-05T13:00:00Z'),
    });
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('are refused without %s', async (name) => {
    vi.stubEnv(name, undefined);
    await expect(provide()).rejects.toThrow('AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set');
  });
});
