/** What roles of the running stack may do, and how to change it. */

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

/** Whether a statement is about an action. */
export function isFor(action: string): (statement: PolicyStatement) => boolean {
  return ({ Action }) => [Action].flat().includes(action);
}

/** Runs something while statements are missing from a role's policy; gives back what was there. */
export async function withoutStatements<Result>(
  awsPort: number,
  roleName: string,
  isMissing: (statement: PolicyStatement) => boolean,
  run: () => Promise<Result>,
): Promise<Result> {
  const { policyName, document } = await onlyPolicyOf(awsPort, roleName);
  const kept = document.Statement.filter((statement) => !isMissing(statement));
  if (kept.length === document.Statement.length) throw new Error(`${roleName} has no such statement`);
  await putPolicy(awsPort, roleName, policyName, { ...document, Statement: kept });
  try {
    return await run();
  } finally {
    await putPolicy(awsPort, roleName, policyName, document);
  }
}

async function onlyPolicyOf(awsPort: number, RoleName: string) {
  const names = await callIam(awsPort, 'ListRolePolicies', { RoleName });
  const policyName = textOf(names, 'member');
  const policy = await callIam(awsPort, 'GetRolePolicy', { RoleName, PolicyName: policyName });
  const document = JSON.parse(decodeURIComponent(textOf(policy, 'PolicyDocument'))) as PolicyDocument;
  return { policyName, document };
}

async function putPolicy(awsPort: number, RoleName: string, PolicyName: string, document: PolicyDocument) {
  await callIam(awsPort, 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: JSON.stringify(document) });
}

/** IAM's own protocol: a form in, XML out. */
async function callIam(awsPort: number, Action: string, input: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${awsPort}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=0',
    },
    body: new URLSearchParams({ Action, Version: '2010-05-08', ...input }).toString(),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${Action} answers ${answer.status} ${text}`);
  return text;
}

function textOf(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`no ${element} in ${xml}`);
  return text;
}
