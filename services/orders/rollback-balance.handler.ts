import { readConfig } from '../platform/config.ts';
import { BOOK_VARIABLES, createBookingTools } from './books-wiring.ts';
import { rollbackBalance } from './rollback-balance.ts';
import type { ToRollBack } from './saga-state.ts';

const tools = createBookingTools(readConfig(BOOK_VARIABLES));

export const handler = (state: ToRollBack) => rollbackBalance(tools, state);
