import { expect, test } from 'vitest';
import { RouteTrie } from './route-trie.ts';

function trieOf(...paths: readonly string[]): RouteTrie<string> {
  const trie = new RouteTrie<string>();
  for (const resourcePath of paths) trie.add({ resourceId: resourcePath, resourcePath, methods: new Map() });
  return trie;
}

const ROUTES = trieOf(
  '/',
  '/orders',
  '/orders/preview',
  '/orders/{id}',
  '/orders/{id}/audit',
  '/files/{proxy+}',
  '/files/{name}',
);

test.each([
  ['/', '/', null],
  ['/orders', '/orders', null],
  ['/orders/', '/orders', null],
  ['/orders/preview', '/orders/preview', null],
  ['/orders/preview/audit', '/orders/{id}/audit', { id: 'preview' }],
  ['/orders/ORD-1', '/orders/{id}', { id: 'ORD-1' }],
  ['/orders/a%2Fb', '/orders/{id}', { id: 'a/b' }],
  ['/orders/%zz', '/orders/{id}', { id: '%zz' }],
  ['/orders/%70review', '/orders/preview', null],
  ['/files/a', '/files/{name}', { name: 'a' }],
  ['/files/a/b%20c', '/files/{proxy+}', { proxy: 'a/b c' }],
])('%s is %s', (path, resourcePath, pathParameters) => {
  const match = ROUTES.match(path);
  expect(match?.route.resourcePath).toBe(resourcePath);
  expect(match?.pathParameters && { ...match.pathParameters }).toEqual(pathParameters);
});

test.each(['', '/ORDERS', '/orders//audit', '/orders/1/audit/2', '/files', '*', '/__proto__', '/constructor'])(
  '%s is nothing',
  (path) => {
    expect(trieOf('/orders/{id}/audit', '/files/{proxy+}').match(path)).toBeUndefined();
  },
);

test('two names for one variable part are refused', () => {
  expect(() => trieOf('/orders/{id}', '/orders/{key}/audit')).toThrow('already has a variable path part');
});
