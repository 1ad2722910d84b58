import { type App, type PolicyValidationPluginReport, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesizeApp } from './testing/synthesize.ts';

/** One of each kind: alone in its account, kept for ever, and any other. */
const STAGES = ['local', 'production', 'staging'];

/** `<rule> <path of the construct>` of each finding. */
function findingsIn({ violations }: PolicyValidationPluginReport): string[] {
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
  );
}

/** `<rule> <path of the construct>` of each exemption → its reason. */
function exemptionsOf(app: App): ReadonlyMap<string, string> {
  const acknowledged = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => [`${rule.replace(/^\w+::/, '')} ${node.path}`, reason] as const),
  );
  return new Map(acknowledged);
}

describe.each(STAGES)('the stage %s', (stage) => {
  const { app } = synthesizeApp(stage);
  const exemptions = exemptionsOf(app);

  it('keeps every rule of AwsSolutions, or says why not', () => {
    expect(findingsIn(new AwsSolutionsChecks().validateScope(app))).toEqual([]);
  });

  it('explains nothing that it keeps', () => {
    // The pack asks itself whether a finding is explained: here none is.
    const strict = new AwsSolutionsChecks();
    Object.assign(strict, { isAcknowledged: () => false });
    const findings = findingsIn(strict.validateScope(app));
    const needless = [...exemptions.keys()].filter((exemption) => !findings.some((one) => one.startsWith(exemption)));
    expect(exemptions.size).toBeGreaterThan(20);
    expect(needless).toEqual([]);
  });

  it('gives each reason in words', () => {
    const bare = [...exemptions].filter(([, reason]) => reason.split(' ').length < 5);
    expect(bare).toEqual([]);
  });
});
