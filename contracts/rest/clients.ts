/** Clients and their API keys, as staff see them. */
import { parseCpf } from '@brokerage/domain/clients/cpf';
import { SUITABILITY_PROFILES, UNSUITABILITY_CAUSES } from '@brokerage/domain/clients/suitability';
import * as z from 'zod';
import { ListQuery, pageOf } from './paging.ts';

/** A letter first, then letters of any script and what names are written with: no control characters, no markup. */
export const PersonName = z.string().regex(/^\p{L}[\p{L}\p{M} .'’-]{1,119}$/u);
const Line = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,'’ºª/()-]{0,119}$/u);
const EmailAddress = z.string().regex(/^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}$/);
/** E.164. */
const Phone = z.string().regex(/^\+[1-9]\d{7,14}$/);
/** A trillion reais: nobody declares more, and every integer below is exact. */
const Reais = z.int().min(0).max(1_000_000_000_000);

/** Eleven digits, with or without punctuation. The message never repeats what was sent. */
const CpfText = z
  .string()
  .regex(/^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/)
  .transform((text, context) => {
    const cpf = parseCpf(text);
    if (cpf !== null) return cpf;
    context.addIssue({ code: 'custom', message: 'the digits of the CPF do not check' });
    return z.NEVER;
  });

/** The client's declarations; amounts in whole reais. */
export const KycData = z.strictObject({
  occupation: Line,
  monthlyIncomeReais: Reais,
  netWorthReais: Reais,
  isPoliticallyExposed: z.boolean(),
  address: z.strictObject({
    street: Line,
    number: z.string().regex(/^[A-Za-z0-9 /-]{1,10}$/),
    complement: Line.nullable().default(null),
    city: Line,
    state: z.string().regex(/^[A-Z]{2}$/),
    postalCode: z.string().regex(/^\d{8}$/),
  }),
});

const Suitability = z.enum(SUITABILITY_PROFILES);
const Plan = z.enum(['STANDARD', 'PROFESSIONAL']);

/** Null: the client has not answered the questionnaire, and must declare to know so before the first purchase. */
export const NewClientRequest = z.strictObject({
  name: PersonName,
  cpf: CpfText,
  email: EmailAddress,
  phone: Phone,
  birthDate: z.iso.date(),
  kyc: KycData,
  suitability: Suitability.nullable(),
  plan: Plan,
});
export type NewClientRequest = z.output<typeof NewClientRequest>;

/** What tells no one's identity. `clientId` and `accountId` are one id: a client holds one account. */
export const ClientSummary = z.object({
  clientId: z.string(),
  accountId: z.string(),
  state: z.enum(['ACTIVE', 'RESTRICTED', 'BLOCKED', 'CLOSED']),
  plan: Plan,
  suitability: Suitability.nullable(),
  openedAt: z.iso.datetime(),
});
export type ClientSummary = z.infer<typeof ClientSummary>;
export const ClientPage = pageOf(ClientSummary);
export const ListClientsQuery = ListQuery;

/** For compliance in clear; for other staff name, CPF, e-mail and phone masked, birth date and declarations null. */
export const ClientView = ClientSummary.extend({
  /** From then on the profile counts as expired. */
  suitabilityExpiresAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  name: z.string(),
  cpf: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  birthDate: z.iso.date().nullable(),
  kyc: KycData.nullable(),
});
export type ClientView = z.infer<typeof ClientView>;
export const ClientPath = z.strictObject({ clientId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) });

/** ROTATED works until `validUntil`. Keys of other making have no prefix. */
export const ApiKeyView = z.object({
  keyId: z.string(),
  prefix: z.string().nullable(),
  status: z.enum(['ACTIVE', 'ROTATED', 'REVOKED']),
  createdAt: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeyList = pageOf(ApiKeyView);
/** `apiKey` is shown in this answer and never again. */
export const IssuedApiKey = ApiKeyView.extend({ apiKey: z.string() });
export type IssuedApiKey = z.infer<typeof IssuedApiKey>;
export const ApiKeyPath = ClientPath.extend({ keyId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) });

/** Everything kept of a client, page by page: `kind` names what a record is. The client's registration is on the first page. */
export const ClientExport = z.object({
  client: ClientView.nullable(),
  items: z.array(z.object({ kind: z.string(), data: z.looseObject({}) })),
  nextCursor: z.string().nullable(),
});
export type ClientExport = z.infer<typeof ClientExport>;
export const ExportQuery = ListQuery.pick({ cursor: true });

export const ClosedClient = z.object({ clientId: z.string(), closedAt: z.iso.datetime() });
export const ErasedClient = z.object({ clientId: z.string(), erasedAt: z.iso.datetime() });

/** A profile that the client's answers gave now. */
export const SuitabilityRequest = z.strictObject({ profile: Suitability });
export type SuitabilityRequest = z.output<typeof SuitabilityRequest>;
export const SuitabilityView = SuitabilityRequest.extend({
  assessedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type SuitabilityView = z.infer<typeof SuitabilityView>;

const UnsuitabilityCause = z.enum(UNSUITABILITY_CAUSES);
/** The client's own word. `cause` repeats what an order was refused for, so that nobody declares what they were not told. */
export const DeclarationRequest = z.strictObject({ cause: UnsuitabilityCause, isAware: z.literal(true) });
export type DeclarationRequest = z.output<typeof DeclarationRequest>;
export const DeclarationView = z.object({ cause: UnsuitabilityCause, declaredAt: z.iso.datetime() });
export type DeclarationView = z.infer<typeof DeclarationView>;
