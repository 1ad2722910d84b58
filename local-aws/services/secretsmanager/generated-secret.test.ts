import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { generateSecret } from './generated-secret.ts';

it('keeps to its recipe, whatever the seed', () => {
  const recipe = fc.record({
    PasswordLength: fc.integer({ min: 5, max: 60 }),
    ExcludeLowercase: fc.boolean(),
    ExcludeNumbers: fc.boolean(),
    ExcludePunctuation: fc.boolean(),
    IncludeSpace: fc.boolean(),
    ExcludeCharacters: fc.constantFrom('', '"@/\\', 'ABC'),
  });
  fc.assert(
    fc.property(recipe, fc.integer({ min: 1 }), (options, seed) => {
      const password = generateSecret(options, seededRandom(seed));
      expect(password).toHaveLength(options.PasswordLength);
      expect(/[a-z]/.test(password)).toBe(!options.ExcludeLowercase);
      expect(/[A-Z]/.test(password)).toBe(true);
      expect(/[0-9]/.test(password)).toBe(!options.ExcludeNumbers);
      expect(/[^A-Za-z0-9 ]/.test(password)).toBe(!options.ExcludePunctuation);
      expect(/ /.test(password)).toBe(options.IncludeSpace);
      expect([...options.ExcludeCharacters].some((character) => password.includes(character))).toBe(false);
    }),
  );
});
