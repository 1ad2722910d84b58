import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { fromAttributes, toAttribute, toAttributes } from './attribute-value.ts';

const item = {
  text: 'PETR4',
  empty: '',
  amount: -302_589,
  flag: false,
  nothing: null,
  list: [1, 'two', { three: [] }],
  map: { inner: { deep: null } },
};

describe('attribute values', () => {
  it('are those of the SDK’s own marshaller', () => {
    expect(toAttributes(item)).toEqual(marshall(item));
  });

  it('come back as they went', () => {
    expect(fromAttributes(toAttributes(item))).toEqual(item);
  });

  it('leave out what is undefined', () => {
    expect(toAttributes({ a: undefined, b: 1 })).toEqual({ b: { N: '1' } });
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [() => 1], [Symbol('x')]])('refuse %s', (value) => {
    expect(() => toAttribute(value)).toThrow(TypeError);
  });
});
