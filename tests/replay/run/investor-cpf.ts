/** Nine digits: room for as many investors as a file can have. */
const FIRST_BASE = 700_000_000;

/** The invented CPF of the nth investor of a replay, with valid check digits (weights 10 to 2, then 11 to 2, modulo 11). */
export function investorCpf(index: number): string {
  let digits = String(FIRST_BASE + index);
  for (const firstWeight of [10, 11]) {
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (firstWeight - at), 0);
    const rest = sum % 11;
    digits += rest < 2 ? 0 : 11 - rest;
  }
  return digits;
}
