/** Leads the invented CPFs, so that no two members of up to eight digits share one. */
const PREFIX = '7';
const MEMBER_DIGITS = 8;

/** A CPF with valid check digits (weights 10 to 2, then 11 to 2, modulo 11), one for each member number. */
export function memberCpf(member: string): string {
  let digits = PREFIX + member.padStart(MEMBER_DIGITS, '0');
  for (const firstWeight of [10, 11]) {
    const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (firstWeight - index), 0);
    const rest = sum % 11;
    digits += rest < 2 ? 0 : 11 - rest;
  }
  return digits;
}
