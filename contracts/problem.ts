/**
 * RFC 9457 problem documents, and every code that one may carry with its HTTP status.
 * Codes are stable: programs decide on them. Titles are for people, in English and Portuguese.
 */
import type { CommandRefusal, ExecutionRefusal, RequestRefusal } from '@brokerage/domain/orders/refusal';
import * as z from 'zod';

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly titlePt: string;
}

const kind = (status: number, title: string, titlePt: string): ProblemKind => ({ status, title, titlePt });

/** Of the request as such, before any rule of the brokerage. */
const PROTOCOL_PROBLEMS = {
  INVALID_REQUEST: kind(400, 'The request is not valid', 'Requisição inválida'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'The body must be application/json', 'O corpo deve ser application/json'),
  INVALID_CURSOR: kind(400, 'The cursor is not one of this list', 'Cursor inválido'),
  IDEMPOTENCY_KEY_REQUIRED: kind(
    428,
    'The Idempotency-Key header is required',
    'O cabeçalho Idempotency-Key é obrigatório',
  ),
  IDEMPOTENCY_MISMATCH: kind(422, 'The key was used with another request', 'A chave já foi usada com outra requisição'),
  INVALID_SIGNATURE: kind(401, 'The signature does not match', 'Assinatura inválida'),
  FORBIDDEN: kind(403, 'This key may not do this', 'Acesso negado'),
  NOT_FOUND: kind(404, 'There is no such thing', 'Não encontrado'),
  INTERNAL_ERROR: kind(500, 'Something failed on our side', 'Erro interno'),
  BANK_UNAVAILABLE: kind(503, 'The bank does not answer', 'Banco indisponível'),
  EXCHANGE_UNAVAILABLE: kind(503, 'The exchange does not answer', 'Bolsa indisponível'),
} as const;

/** Of clients, staff and their API keys. */
const CLIENT_PROBLEMS = {
  CPF_ALREADY_REGISTERED: kind(409, 'There is a client of this CPF', 'CPF já cadastrado'),
  API_KEY_LIMIT: kind(409, 'The client has as many API keys as it may', 'Limite de chaves de API atingido'),
  API_KEY_REVOKED: kind(409, 'The API key is no longer in use', 'Chave de API fora de uso'),
  ACCOUNT_CLOSED: kind(409, 'The account is closed', 'Conta encerrada'),
  ACCOUNT_NOT_EMPTY: kind(
    409,
    'The account still holds or owes something',
    'A conta ainda tem saldo, posição ou pendência',
  ),
  PROFILE_DIFFERS: kind(409, 'The profile is not what was declared about', 'O perfil não é o da declaração'),
  OWN_ACCESS: kind(409, 'Nobody ends their own access', 'Ninguém encerra o próprio acesso'),
  ACCESS_SUSPENDED: kind(409, 'The member of staff is suspended', 'Acesso suspenso'),
  RETENTION_DUTY: kind(409, 'The data must be kept by law', 'Os dados devem ser guardados por dever legal'),
} as const;

const REQUEST_PROBLEMS: Readonly<Record<RequestRefusal, ProblemKind>> = {
  UNKNOWN_SYMBOL: kind(422, 'The instrument is not known', 'Ativo desconhecido'),
  INVALID_LOT: kind(422, 'The quantity is not a multiple of the lot', 'Quantidade fora do lote'),
  INVALID_TICK: kind(422, 'The price is not a multiple of the tick', 'Preço fora da variação mínima'),
  LIMIT_PRICE_REQUIRED: kind(400, 'This type of order needs limitPrice', 'Preço limite obrigatório'),
  LIMIT_PRICE_NOT_ALLOWED: kind(400, 'This type of order takes no limitPrice', 'Preço limite não permitido'),
  STOP_PRICE_REQUIRED: kind(400, 'This type of order needs stopPrice', 'Preço de disparo obrigatório'),
  STOP_PRICE_NOT_ALLOWED: kind(400, 'This type of order takes no stopPrice', 'Preço de disparo não permitido'),
  TIME_IN_FORCE_NOT_ALLOWED: kind(422, 'This type of order does not take this validity', 'Validade não permitida'),
  EXPIRE_DATE_REQUIRED: kind(400, 'GTD needs expireDate', 'Data de validade obrigatória'),
  EXPIRE_DATE_NOT_ALLOWED: kind(400, 'Only GTD takes expireDate', 'Data de validade não permitida'),
  EXPIRE_DATE_PAST: kind(422, 'expireDate has passed', 'Data de validade no passado'),
  INVALID_STOP_PRICE: kind(422, 'stopPrice does not fit the side and the limit', 'Preço de disparo inválido'),
};

const EXECUTION_PROBLEMS: Readonly<Record<Exclude<ExecutionRefusal, RequestRefusal>, ProblemKind>> = {
  ORDER_STALE: kind(422, 'The order waited too long', 'Ordem vencida na fila'),
  ACCOUNT_RESTRICTED: kind(422, 'The account may not do this now', 'Conta com restrição'),
  SUITABILITY: kind(422, 'The product does not suit the client’s profile', 'Produto fora do perfil do investidor'),
  MARKET_CLOSED: kind(422, 'The market is closed', 'Mercado fechado'),
  NO_REFERENCE_PRICE: kind(422, 'There is no price to go by', 'Sem preço de referência'),
  PRICE_OUT_OF_BAND: kind(422, 'The price is outside the band', 'Preço fora do túnel'),
  LIMIT_EXCEEDED: kind(422, 'The order exceeds a limit of the client', 'Limite operacional excedido'),
  INSUFFICIENT_FUNDS: kind(422, 'There is not enough money', 'Saldo insuficiente'),
  INSUFFICIENT_POSITION: kind(422, 'There are not enough shares', 'Posição insuficiente'),
};

const COMMAND_PROBLEMS: Readonly<Record<CommandRefusal, ProblemKind>> = {
  ORDER_NOT_OPEN: kind(409, 'The order has ended', 'Ordem já encerrada'),
  ORDER_PENDING: kind(409, 'Another request about the order is pending', 'Há um pedido pendente para a ordem'),
  CANCEL_REQUESTED: kind(409, 'The order is being cancelled', 'Cancelamento em andamento'),
  NOTHING_TO_CHANGE: kind(422, 'The order already is as asked', 'Nada a alterar'),
  QUANTITY_NOT_ABOVE_FILLED: kind(
    422,
    'The quantity must be above what is filled',
    'Quantidade não supera a executada',
  ),
};

export const PROBLEM_KINDS = {
  ...PROTOCOL_PROBLEMS,
  ...CLIENT_PROBLEMS,
  ...REQUEST_PROBLEMS,
  ...EXECUTION_PROBLEMS,
  ...COMMAND_PROBLEMS,
} as const satisfies Readonly<Record<string, ProblemKind>>;
export type ProblemCode = keyof typeof PROBLEM_KINDS;

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** `facts` explain the code (say `{"lotSize":100}`); `issues` name the fields of a request that failed. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEM_KINDS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  correlationId: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
