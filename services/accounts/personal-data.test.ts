import { createHash, createHmac } from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { withoutCpfs } from './bank-message.ts';
import { createCpfIndex } from './cpf-index-gateway.ts';
import { cpfOf } from './personal-data.ts';
import { createPersonalDataVault } from './personal-data-gateway.ts';
import { ANA, ANAS_CPF, aClient, aPayoutEnded, NOON, OPEN_VAULT } from './testing/builders.ts';

const KEY = 'arn:aws:kms:sa-east-1:000000000000:key/11111111-1111-4111-8111-111111111111';

/** Wraps data keys as their digest, and gives copies, since the SDK wipes what it was given; counts its calls. */
function aKms() {
  const wrapped = new Map<string, { Plaintext: Uint8Array; context: string }>();
  const calls: string[] = [];
  const kms = {
    generateDataKey: async ({ EncryptionContext }: { EncryptionContext: object }) => {
      calls.push('generateDataKey');
      const Plaintext = createHash('sha256').update(`data key ${wrapped.size}`).digest();
      const CiphertextBlob = createHash('sha256').update(Plaintext).digest();
      wrapped.set(CiphertextBlob.toString('hex'), { Plaintext, context: JSON.stringify(EncryptionContext) });
      return { Plaintext: Uint8Array.from(Plaintext), CiphertextBlob, KeyId: KEY };
    },
    decrypt: async (input: { CiphertextBlob: Uint8Array; EncryptionContext: object }) => {
      calls.push('decrypt');
      const found = wrapped.get(Buffer.from(input.CiphertextBlob).toString('hex'));
      if (found?.context !== JSON.stringify(input.EncryptionContext)) throw new Error('InvalidCiphertextException');
      return { Plaintext: Uint8Array.from(found.Plaintext), KeyId: KEY };
    },
    generateMac: async ({ Message }: { Message: Uint8Array }) => ({
      Mac: createHmac('sha256', 'the index key').update(Message).digest(),
    }),
  };
  return { kms: kms as unknown as KMS, calls };
}

describe('personal data', () => {
  const data = { name: 'Ana Souza', cpf: ANAS_CPF };

  it('is sealed for one client, and read by whoever may', async () => {
    const { kms } = aKms();
    const vault = createPersonalDataVault(kms, KEY);
    const personalData = await vault.seal(ANA, data);
    const bytes = Buffer.from(personalData, 'base64');
    expect([bytes.includes('Ana Souza'), bytes.includes(ANAS_CPF)]).toEqual([false, false]);
    expect(await vault.open({ accountId: ANA, personalData })).toEqual(data);
  });

  it('does not open in another client’s item', async () => {
    const { kms } = aKms();
    const vault = createPersonalDataVault(kms, KEY);
    const personalData = await vault.seal('bruno', data);
    await expect(vault.open({ accountId: ANA, personalData })).rejects.toThrow('another client');
  });

  it('does not open when a bit has changed', async () => {
    const { kms } = aKms();
    const vault = createPersonalDataVault(kms, KEY);
    const bytes = Buffer.from(await vault.seal(ANA, data), 'base64');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await expect(vault.open({ accountId: ANA, personalData: bytes.toString('base64') })).rejects.toThrow();
  });

  it('asks KMS once for a client whose data are read again', async () => {
    const { kms, calls } = aKms();
    const personalData = await createPersonalDataVault(kms, KEY).seal(ANA, data);
    const reader = createPersonalDataVault(kms, KEY);
    for (const _ of [1, 2, 3]) await reader.open({ accountId: ANA, personalData });
    expect(calls).toEqual(['generateDataKey', 'decrypt']);
  });

  it('of staff hold no CPF, so that no money is moved for them', async () => {
    const personalData = await OPEN_VAULT.seal('operator', { name: 'Operator', cpf: null });
    await expect(cpfOf(aClient({ personalData }), OPEN_VAULT)).rejects.toThrow('no CPF');
    expect(await cpfOf(aClient(), OPEN_VAULT)).toBe(ANAS_CPF);
  });
});

it('a delivery of the bank waits in the queue without a CPF', async () => {
  const index = createCpfIndex(aKms().kms, 'index key');
  const paid = { kind: 'PIX_RECEIVED', seq: 1, endToEndId: 'E', txid: 't', amountCents: 1, paidAtMs: NOON } as const;
  const ended = aPayoutEnded('PAID');
  if (ended.kind !== 'PAYOUT_ENDED') throw new Error('not a payout');
  const message = await withoutCpfs({ events: [{ ...paid, payerCpf: ANAS_CPF }, ended] }, index);
  expect(message).toEqual({ events: [{ ...paid, payerCpfIndex: await index.of(ANAS_CPF) }, ended] });
  expect(JSON.stringify(message)).not.toContain(ANAS_CPF);
});
