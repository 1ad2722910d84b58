/** Starts the exchange and the bank in one process; ends on SIGTERM or SIGINT. */
import { startBank } from './bank/start-bank.ts';
import { readConfiguration } from './configuration.ts';
import { startExchange } from './exchange/start-exchange.ts';

const configuration = readConfiguration(process.env);
const running = [await startExchange(configuration, process.env), await startBank(configuration, process.env)];
console.log(`Exchange on ${configuration.exchange.port}, bank on ${configuration.bank.port}.`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    for (const { close } of running) await close();
    process.exit(0);
  });
}
