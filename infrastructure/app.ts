/** The CDK app: `node infrastructure/app.ts [output folder]`, after `npm run bundle`. */
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { BrokerageStack } from './brokerage-stack.ts';
import { stageOf } from './stage.ts';

const outdir = process.argv[2] ?? 'cdk.out';
const app = new App({ outdir, analyticsReporting: false });
const stage = stageOf(app);

new BrokerageStack(app, 'Brokerage', {
  stackName: stage === 'local' ? 'Brokerage' : `${stage}-Brokerage`,
  description: 'A serverless brokerage for Brazilian equities',
  synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
});
app.synth();
