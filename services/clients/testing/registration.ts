/** A client's declarations as `POST /v1/clients` takes them. */
export const DORA = {
  name: 'Dora Lima',
  cpf: '390.533.447-05',
  email: 'dora.lima@example.com',
  phone: '+5511987654321',
  birthDate: '1990-05-17',
  kyc: {
    occupation: 'Engenheira',
    monthlyIncomeReais: 12_000,
    netWorthReais: 300_000,
    isPoliticallyExposed: false,
    address: { street: 'Rua Augusta', number: '100', city: 'São Paulo', state: 'SP', postalCode: '01305000' },
  },
  suitability: 'MODERATE',
  plan: 'STANDARD',
};
