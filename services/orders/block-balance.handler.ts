import { readConfig } from '../platform/config.ts';
import { blockBalance } from './block-balance.ts';
import { BOOK_VARIABLES, createBookingTools } from './books-wiring.ts';
import type { ToBlock } from './saga-state.ts';

const tools = createBookingTools(readConfig(BOOK_VARIABLES));

export const handler = (state: ToBlock) => blockBalance(tools, state);
