import { expect, test } from 'vitest';
import { investorCpf } from './investor-cpf.ts';

/** By the other form of the rule: ten times the weighted sum, modulo 11, where 10 counts as 0. */
function isValid(cpf: string): boolean {
  const digits = [...cpf].map(Number);
  return [9, 10].every((at) => {
    const rest = (digits.slice(0, at).reduce((sum, digit, index) => sum + digit * (at + 1 - index), 0) * 10) % 11;
    return rest % 10 === digits[at];
  });
}

test('the check knows good from bad', () => {
  expect(['52998224725', '52998224724'].map(isValid)).toEqual([true, false]);
});

test('every investor has a valid CPF of its own', () => {
  const cpfs = Array.from({ length: 300 }, (_, index) => investorCpf(index));
  expect(cpfs.filter((cpf) => !/^\d{11}$/.test(cpf) || !isValid(cpf))).toEqual([]);
  expect(new Set(cpfs).size).toBe(300);
});
