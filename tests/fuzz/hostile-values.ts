import fc from 'fast-check';

/** Texts that break parsers, paths, logs and look-ups. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'PETR4\u0000',
  'PETR4 ',
  'petr4',
  'ＰＥＴＲ４',
  'PΕTR4',
  'PETR4\u202e',
  'PE\u200bTR4',
  'e\u0301'.repeat(20),
  '\ud800',
  '💥'.repeat(40),
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2f',
  '..',
  '..%2faccount',
  '..;/account',
  '%252e%252e%252faccount',
  "' OR '1'='1",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text itself is the attack
  '${jndi:ldap://localhost/a}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'a\r\nx-injected: 1',
  'a%0d%0ax-injected:%201',
  'a\u560d\u560ax-injected: 1',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'KEY#bruno#x',
  'ORD-00000000000000000000000000',
  'x'.repeat(5_000),
  '9'.repeat(400),
  '-1',
  '1e400',
  'NaN',
  'Infinity',
  'null',
  'undefined',
];

const MANY_DIGITS = 5_000;
/** Numbers and the like as JSON text: what no value of ours is written as, and what a parser may still take, round or choke on. */
export const HOSTILE_TOKENS: readonly string[] = [
  '1e400',
  '-1e400',
  '1e-400',
  '-0',
  '1E2',
  '100.00000000000000000001',
  '9007199254740993',
  '9'.repeat(MANY_DIGITS),
  `0.${'1'.repeat(MANY_DIGITS)}`,
  '0100',
  '0x64',
  '1_000',
  '+1',
  '.5',
  'NaN',
  'Infinity',
  "'a'",
  '{"__proto__":{"role":"ADMINISTRATOR"}}',
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  '"\\ud800"',
  '"\\u0000"',
];

const DEPTH = 600;

/** Values of every shape, of which hardly any is what a field asks for. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e20, 1e308, 5e-324, 2 ** 53, -(2 ** 63), [], {}, [[]]),
  fc.constantFrom<unknown>(...HOSTILE_TEXTS),
  fc.constantFrom<unknown>(
    { constructor: { prototype: { role: 'ADMINISTRATOR' } } },
    { toString: 1, valueOf: 1 },
    { length: 1e9 },
  ),
  fc.constant(null).map(nested),
  fc.anything({ maxDepth: 2, withBigInt: false, withDate: false }).filter(isJson),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function nested(): unknown {
  let value: unknown = 1;
  for (let depth = 0; depth < DEPTH; depth++) value = depth % 2 ? [value] : { a: value };
  return value;
}

function isJson(value: unknown): boolean {
  return JSON.stringify(value) !== undefined;
}
