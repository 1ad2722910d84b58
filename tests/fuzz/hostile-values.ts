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
  "' OR '1'='1",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text itself is the attack
  '${jndi:ldap://localhost/a}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'a\r\nx-injected: 1',
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

const DEPTH = 600;

/** Values of every shape, of which hardly any is what a field asks for. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e20, 1e308, 5e-324, 2 ** 53, -(2 ** 63), [], {}, [[]]),
  fc.constantFrom<unknown>(...HOSTILE_TEXTS),
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
