/** Starts the exchange and the bank in one process; ends on SIGTERM or SIGINT, or with the process that started it, should that hold a channel to it. */
import { startBank } from './bank/start-bank.ts';
import { readConfiguration } from './configuration.ts';
import { startExchange } from './exchange/start-exchange.ts';

const configuration = readConfiguration(process.env);
const running = [await startExchange(configuration, process.env), await startBank(configuration, process.env)];
console.log(`Exchange on ${configuration.exchange.port}, bank on ${configuration.bank.port}.`);

for (const end of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.once(end, async () => {
    for (const { close } of running) await close();
    process.exit(0);
  });
}
