// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what Fn::Sub takes
import { describe, expect, it } from 'vitest';
import { notSupported } from '../kernel/aws-error.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { ResourceDefinition } from '../kernel/service.ts';
import { loadTemplate } from './load-template.ts';
import type { Template } from './template.ts';

/** A kernel with one resource type that keeps what it is given. */
function recordingKernel() {
  const made: ResourceDefinition[] = [];
  const kernel = new Kernel({ accountId: '123456789012', region: 'sa-east-1' });
  kernel.register({
    name: 'probe',
    protocol: { kind: 'aws-json', version: '1.0', target: 'Probe' },
    operations: {},
    resources: {
      'Probe::Thing': {
        apply: (resource) => {
          if ('Refused' in resource.properties) throw notSupported('property Refused of Probe::Thing');
          made.push(resource);
          const name = String(resource.properties.Name ?? resource.logicalId);
          return { ref: name, attributes: { Arn: kernel.arn('probe', name) } };
        },
      },
    },
  });
  return { kernel, made };
}

function propertiesOf(value: unknown, rest: Partial<Template> = {}) {
  const { kernel, made } = recordingKernel();
  const resources = {
    Other: { Type: 'Probe::Thing', Properties: { Name: 'other' } },
    Thing: { Type: 'Probe::Thing', Properties: { value } },
  };
  loadTemplate(kernel, { ...rest, Resources: resources }, { stackName: 'shop' });
  return made.find((resource) => resource.logicalId === 'Thing')?.properties.value;
}

describe('intrinsics', () => {
  const otherArn = 'arn:aws:probe:sa-east-1:123456789012:other';
  const production = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const cases: [string, unknown, unknown, Partial<Template>?][] = [
    ['Ref to a resource', { Ref: 'Other' }, 'other'],
    ['Ref to a parameter', { Ref: 'Stage' }, 'dev', { Parameters: { Stage: { Type: 'String', Default: 'dev' } } }],
    ['Ref to a pseudo parameter', { Ref: 'AWS::StackName' }, 'shop'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Other', 'Arn'] }, otherArn],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Other.Arn' }, otherArn],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 3]] }, 'a-sa-east-1-3'],
    ['Sub', { 'Fn::Sub': '${AWS::Partition}/${Other}/${Other.Arn}/${!kept}' }, `aws/other/${otherArn}/\${kept}`],
    ['Sub with variables', { 'Fn::Sub': ['${x}-${Other}', { x: { Ref: 'AWS::AccountId' } }] }, '123456789012-other'],
    ['Select of Split', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Other', 'Arn'] }] }] }, 'other'],
    ['If', { 'Fn::If': ['Never', { Ref: 'Nowhere' }, 'no'] }, 'no', production],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['NoValue in a list', [1, { 'Fn::If': ['Never', 2, { Ref: 'AWS::NoValue' }] }], [1], production],
    ['FindInMap', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 7, { Mappings: { M: { a: { b: 7 } } } }],
    [
      'a policy condition is no intrinsic',
      { Condition: { Bool: { x: 'true' } } },
      { Condition: { Bool: { x: 'true' } } },
    ],
  ];
  it.each(cases)('%s', (_name, value, expected, rest) => {
    expect(propertiesOf(value, rest)).toEqual(expected);
  });

  it('combines conditions', () => {
    const Conditions = {
      Same: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'sa-east-1'] },
      Not: { 'Fn::Not': [{ Condition: 'Same' }] },
      Both: { 'Fn::And': [{ Condition: 'Same' }, { Condition: 'Not' }] },
      Either: { 'Fn::Or': [{ Condition: 'Both' }, { Condition: 'Same' }] },
    };
    const chosen = ['Same', 'Not', 'Both', 'Either'].map((name) => ({ 'Fn::If': [name, name, '-'] }));
    expect(propertiesOf(chosen, { Conditions })).toEqual(['Same', '-', '-', 'Either']);
  });
});

describe('order', () => {
  const thing = (Properties: Record<string, unknown>, rest = {}) => ({ Type: 'Probe::Thing', Properties, ...rest });

  it('follows references and DependsOn, else the template', () => {
    const { kernel, made } = recordingKernel();
    const Resources = {
      A: thing({ needs: { 'Fn::Sub': '${C.Arn}' } }),
      B: thing({}, { DependsOn: ['D'] }),
      C: thing({ needs: { Ref: 'D' } }),
      D: thing({}),
    };
    loadTemplate(kernel, { Resources });
    expect(made.map((resource) => resource.logicalId)).toEqual(['D', 'C', 'A', 'B']);
  });

  it('names a cycle', () => {
    const { kernel } = recordingKernel();
    const Resources = { A: thing({ x: { Ref: 'B' } }), B: thing({ x: { 'Fn::GetAtt': ['A', 'Arn'] } }) };
    expect(() => loadTemplate(kernel, { Resources })).toThrow('circular dependency: A → B → A');
  });
});

describe('refusals, before anything is made', () => {
  const thing = { Type: 'Probe::Thing' };
  const cases: [string, Template, string][] = [
    ['type', { Resources: { A: thing, B: { Type: 'X::Y' } } }, 'Resources.B: resource type X::Y'],
    [
      'intrinsic',
      { Resources: { A: thing, B: { ...thing, Properties: { p: [{ 'Fn::Cidr': [] }] } } } },
      'Resources.B.Properties.p[0]: intrinsic function Fn::Cidr',
    ],
    [
      'missing reference',
      { Resources: { A: thing, B: { ...thing, Properties: { p: { Ref: 'C' } } } } },
      'Resources.B.Properties.p.Ref: there is no parameter or resource C',
    ],
    ['section', { Transform: 'x', Resources: { A: thing } } as Template, 'Transform'],
    ['rule', { Rules: { Mine: {} }, Resources: { A: thing } }, 'Rules.Mine'],
    ['attribute', { Resources: { A: { ...thing, UpdatePolicy: {} } as never } }, 'Resources.A.UpdatePolicy'],
    ['parameter without value', { Parameters: { P: { Type: 'String' } }, Resources: { A: thing } }, 'Parameters.P'],
    [
      'parameter type',
      { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'x' } }, Resources: { A: thing } },
      'Parameters.P: parameter type',
    ],
  ];
  it.each(cases)('%s', (_name, template, message) => {
    const { kernel, made } = recordingKernel();
    expect(() => loadTemplate(kernel, template)).toThrow(message);
    expect(made).toEqual([]);
  });

  it('names the resource whose type refuses a property', () => {
    const { kernel } = recordingKernel();
    const Resources = { A: { ...thing, Properties: { Refused: 1 } } };
    expect(() => loadTemplate(kernel, { Resources })).toThrow(
      'Resources.A (Probe::Thing): property Refused of Probe::Thing is not supported by local-aws',
    );
  });
});

describe('stacks', () => {
  const exporting: Template = {
    Resources: { A: { Type: 'Probe::Thing', Properties: { Name: 'a' } } },
    Outputs: {
      Arn: { Value: { 'Fn::GetAtt': ['A', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Arn' } } },
    },
  };

  it('import what an earlier one exports', () => {
    const { kernel, made } = recordingKernel();
    const first = loadTemplate(kernel, exporting, { stackName: 'first' });
    const Resources = { B: { Type: 'Probe::Thing', Properties: { arn: { 'Fn::ImportValue': 'first:Arn' } } } };
    const second = loadTemplate(kernel, { Resources }, { stackName: 'second', earlier: [first] });
    expect(first.outputs).toEqual({ Arn: 'arn:aws:probe:sa-east-1:123456789012:a' });
    expect(second.resources.get('B')?.ref).toBe('B');
    expect(made[1]?.properties.arn).toBe(first.outputs.Arn);
  });

  it('must not share a resource by an equal logical id', () => {
    const { kernel } = recordingKernel();
    const Resources = { A: { Type: 'Probe::Thing' } };
    const first = loadTemplate(kernel, { Resources }, { stackName: 'first' });
    expect(() => loadTemplate(kernel, { Resources }, { earlier: [first] })).toThrow('stack first has this resource');
  });

  it('carry what the CDK writes about itself without effect', () => {
    const { kernel, made } = recordingKernel();
    loadTemplate(kernel, {
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk/version' } },
      Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Contains': [] } }] } },
      Conditions: { CDKMetadataAvailable: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'sa-east-1'] }] } },
      Resources: { CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'CDKMetadataAvailable' } },
    });
    expect(made).toEqual([]);
  });
});
