import { readConfig } from '../platform/config.ts';
import { BOOK_VARIABLES, createBookingTools } from './books-wiring.ts';
import { confirmTransaction } from './confirm-transaction.ts';
import type { ToConfirm } from './saga-state.ts';

const tools = createBookingTools(readConfig(BOOK_VARIABLES));

export const handler = (state: ToConfirm) => confirmTransaction(tools, state);
