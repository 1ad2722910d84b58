import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Accounts } from './accounts.ts';
import { Api } from './api.ts';
import { ApiLog } from './api-log.ts';
import { Clients } from './clients.ts';
import { Data } from './data.ts';
import { Encryption } from './encryption.ts';
import { Events } from './events.ts';
import { ForeignSystems } from './foreign-systems.ts';
import { Logs } from './logs.ts';
import { MarketData } from './market-data.ts';
import { MarketStream } from './market-stream.ts';
import { Messaging } from './messaging.ts';
import { Operations } from './operations.ts';
import { Orders } from './orders.ts';
import { environmentVariables, type Shared } from './shared.ts';
import { Streaming } from './streaming.ts';

/** The whole brokerage in one stack: its parts change together, and one stack is deployed or not at all. */
export class BrokerageStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const encryption = new Encryption(this);
    const foundation = {
      encryption,
      data: new Data(this, encryption),
      messaging: new Messaging(this),
      marketStream: new MarketStream(this),
      foreign: new ForeignSystems(this, encryption),
    };
    const shared: Shared = { ...foundation, logs: new Logs(this), variables: environmentVariables(foundation) };
    const apiLog = new ApiLog(this);
    const orders = new Orders(this, shared);
    const accounts = new Accounts(this, shared);
    const clients = new Clients(this, shared);
    const operations = new Operations(this, shared);
    const marketData = new MarketData(this, shared);
    const streaming = new Streaming(this, shared, apiLog);
    new Events(this, shared);
    new Api(this, shared, apiLog, {
      ...orders.operations,
      ...accounts.operations,
      ...clients.operations,
      ...operations.operations,
      ...marketData.operations,
      ...streaming.operations,
    });
  }
}
