import { readConfig } from '../platform/config.ts';
import { connectExchange, EXCHANGE_VARIABLES } from './exchange-wiring.ts';
import { executeOrder } from './execute-order.ts';
import type { ToExecute } from './saga-state.ts';

const exchange = connectExchange(readConfig(EXCHANGE_VARIABLES));

export const handler = (state: ToExecute) => executeOrder(exchange, state);
