/**
 * What the brokerage asks of a client who is a natural person; the least is set by CVM Resolution 50/2021, annex B, article 1, I. This is a part of
 * it, enough to trade by. Amounts are what the client declares, whole reais.
 */
export interface Kyc {
  readonly occupation: string;
  readonly monthlyIncomeReais: number;
  readonly netWorthReais: number;
  /** A politically exposed person, or close to one. */
  readonly isPoliticallyExposed: boolean;
  readonly address: Address;
}

export interface Address {
  readonly street: string;
  readonly number: string;
  readonly complement: string | null;
  readonly city: string;
  /** Two letters: `SP`. */
  readonly state: string;
  /** CEP, eight digits. */
  readonly postalCode: string;
}

/** A client's contacts and declarations, personal as the name is. */
export interface Registration {
  readonly email: string;
  /** E.164: `+5511987654321`. */
  readonly phone: string;
  readonly birthDate: string;
  readonly kyc: Kyc;
}

/** Nobody who is registered was born today or later. Both dates are of São Paulo's calendar. */
export function isBornBefore(birthDate: string, today: string): boolean {
  return birthDate < today;
}
