import fc from 'fast-check';

/** Items, conditions and updates that no one would think of, over few names, so that they meet. */
const scalar = fc.oneof(
  fc
    .constantFrom('', 'a', 'ab', 'b', 'é')
    .filter((text) => text !== '')
    .map((S) => ({ S })),
  fc.constantFrom('0', '1', '-1', '2', '1.5', '10', '99999999999999999999').map((N) => ({ N })),
  fc.constantFrom('YQ==', 'YWI=').map((B) => ({ B })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
);
const sets = fc.oneof(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
  fc.uniqueArray(fc.constantFrom('0', '1', '1.5'), { minLength: 1, maxLength: 3 }).map((NS) => ({ NS })),
);
const NAMES = ['a', 'b', 'c'] as const;
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    scalar,
    sets,
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));

const path = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(fc.constantFrom('.a', '.b', '[0]', '[1]', '[4]'), { maxLength: 2 }))
  .map(([name, rest]) => name + rest.join(''));
const placeholder = fc.constantFrom(':v', ':w');
const operand = fc.oneof(
  path,
  placeholder,
  path.map((inner) => `size(${inner})`),
);

const simple = fc.oneof(
  fc.tuple(operand, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), operand).map((parts) => parts.join(' ')),
  fc.tuple(operand, operand, operand).map(([subject, low, high]) => `${subject} BETWEEN ${low} AND ${high}`),
  fc
    .tuple(operand, fc.array(operand, { minLength: 1, maxLength: 3 }))
    .map(([one, all]) => `${one} IN (${all.join(', ')})`),
  fc.tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path).map(([name, of]) => `${name}(${of})`),
  fc
    .tuple(fc.constantFrom('contains', 'begins_with'), path, operand)
    .map(([name, of, what]) => `${name}(${of}, ${what})`),
);

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    simple,
    fc.tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((inner) => `NOT ${inner}`),
    tie('condition').map((inner) => `(${inner})`),
  ),
}));

const term = fc.oneof(
  path,
  placeholder,
  fc.tuple(path, fc.oneof(path, placeholder)).map(([of, otherwise]) => `if_not_exists(${of}, ${otherwise})`),
  fc.tuple(fc.oneof(path, placeholder), fc.oneof(path, placeholder)).map(([l, r]) => `list_append(${l}, ${r})`),
);
const assignment = fc
  .tuple(path, term, fc.option(fc.tuple(fc.constantFrom('+', '-'), term), { nil: undefined }))
  .map(([target, left, sum]) => `${target} = ${left}${sum ? ` ${sum[0]} ${sum[1]}` : ''}`);
const clause = (keyword: string, action: fc.Arbitrary<string>) =>
  fc.array(action, { maxLength: 2 }).map((actions) => (actions.length > 0 ? `${keyword} ${actions.join(', ')}` : ''));
const changed = fc.tuple(path, placeholder).map((parts) => parts.join(' '));

const update = fc
  .tuple(clause('SET', assignment), clause('REMOVE', path), clause('ADD', changed), clause('DELETE', changed))
  .map((clauses) => clauses.filter((text) => text !== '').join(' '))
  .filter((text) => text !== '');

export const randomCase = fc.record({
  attributes: fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 3 }),
  values: fc.record({ ':v': value, ':w': value }),
  condition,
  update,
});
