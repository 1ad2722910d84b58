// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what DefinitionSubstitutions replace
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { startTestStack } from '../../testing/test-stack.ts';
import { createStates } from './states.service.ts';
import { defineMachine } from './testing/machine.ts';

it('describes and lists what the template made; applying again keeps the date of creation', async () => {
  const stack = await startTestStack([createStates]);
  const client = new SFNClient(stack.clientConfig);
  const createdAt = new Date(stack.clock.nowMs());
  const definition = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const arn = defineMachine(
    stack.kernel,
    {},
    { DefinitionString: '${d}', DefinitionSubstitutions: { d: JSON.stringify(definition) } },
  );
  defineMachine(stack.kernel, definition, { StateMachineName: 'Other' });
  await stack.advance(1000);
  defineMachine(stack.kernel, definition, { TracingConfiguration: { Enabled: true } });

  expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }))).toMatchObject({
    name: 'Saga',
    type: 'EXPRESS',
    status: 'ACTIVE',
    definition: JSON.stringify(definition),
    roleArn: 'arn:aws:iam::000000000000:role/saga',
    creationDate: createdAt,
    loggingConfiguration: { level: 'OFF' },
    tracingConfiguration: { enabled: true },
  });
  const first = await client.send(new ListStateMachinesCommand({ maxResults: 1 }));
  const second = await client.send(new ListStateMachinesCommand({ maxResults: 1, nextToken: first.nextToken }));
  expect([first, second].map((page) => page.stateMachines?.map(({ name }) => name))).toEqual([['Other'], ['Saga']]);
  expect(second.nextToken).toBeUndefined();
  await stack.close();
});
