/** The item that the commands below are about. */
export const ITEM = {
  pk: { S: 'a' },
  sk: { N: '1' },
  s: { S: 'hello' },
  n: { N: '5' },
  l1: { L: [{ N: '1' }, { N: '2' }, { S: 'x' }] },
  m: { M: { a: { N: '1' }, b: { M: { c: { S: 'deep' } } } } },
  ss: { SS: ['a', 'b'] },
  ns: { NS: ['1', '2.50'] },
  bo: { BOOL: true },
  nu: { NULL: true },
  b: { B: 'AQID' },
  u: { S: 'é€😀' },
  g: { S: 'gg' },
  l: { S: 'll' },
  x: { N: '1.10' },
};

/** Values that expressions may name; a command binds those that its expression uses. */
export const VALUES: Readonly<Record<string, unknown>> = {
  ':v': { N: '1' },
  ':five': { N: '5' },
  ':four': { N: '4' },
  ':s': { S: 'h' },
  ':hello': { S: 'hello' },
  ':type': { S: 'S' },
  ':b': { B: 'AQ==' },
  ':bo': { BOOL: true },
  ':nu': { NULL: true },
  ':l': { L: [{ S: 'n' }] },
  ':ss': { SS: ['a', 'z'] },
  ':ns': { NS: ['2.5'] },
  ':m': { M: { k: { N: '1' } } },
};

const ALL_TYPES = Object.keys(VALUES).filter((placeholder) => placeholder !== ':five' && placeholder !== ':four');

/** Well-formed and not, met and not. */
export const CONDITIONS: readonly string[] = [
  ...'a|a =|= :v|a = :v b|a b :v|(n = :v|n = :v)|n = :v AND|NOT|n == :v|n = :v OR OR n = :v|n = 5|n = "x"|n = :v;'.split(
    '|',
  ),
  ...'((n = :v))|(n = :v)|((n = :v) AND (s = :v))|(((n = :v) AND s = :v))|(n) = :v|(n) = (:v)|n = (:v)|n = ((:v))'.split(
    '|',
  ),
  ...'n = :five|:five = n|n <> :v|zz <> :v|zz = :v|NOT zz = :v|zz < :v|n < bo|n < l1|bo < :v|:v = :v|n = n|n = s'.split(
    '|',
  ),
  ...'foo(n)|foo(n, :v)|size(n)|size(s) > :v|size(:v) > :v|size(n) > :v|size(s, n) > :v|size(size(s)) > :v'.split('|'),
  ...'size(u) = :four|size(l1) > :v|size(m) > :v|size(ss) > :v|size(b) > :v|size(zz) > :v|size(n) BETWEEN :v AND :v'.split(
    '|',
  ),
  ...'attribute_exists(n)|attribute_exists(zz)|attribute_exists(m.b.c)|attribute_exists(:v)|attribute_exists(n, s)'.split(
    '|',
  ),
  ...'attribute_exists()|attribute_exists (n)|Attribute_exists(n)|attribute_exists(size(s))|n = attribute_exists(s)'.split(
    '|',
  ),
  ...'attribute_not_exists(m.q)|attribute_not_exists(q.w)|attribute_type(n, :v)|attribute_type(s, :type)'.split('|'),
  ...'begins_with(n, :v)|begins_with(s)|begins_with(s, s)|begins_with(s, :s)|begins_with(b, :b)|begins_with(:v, s)'.split(
    '|',
  ),
  ...'contains(s, :v)|contains(s, :s)|contains(ss, s)|contains(n, n)|contains(:v, n)|contains(l1, :v)|contains(m, :v)'.split(
    '|',
  ),
  ...'n BETWEEN :v AND|n BETWEEN :v|n BETWEEN :v AND :v|n BETWEEN :v AND :five|n BETWEEN :five AND :v|n BETWEEN :v AND :s'.split(
    '|',
  ),
  ...'n IN (:v)|n IN (:v, s, :five)|n IN ()|n IN :v|n IN (n)|n IN (size(s))|s BETWEEN :s AND :hello|n BETWEEN s AND :v'.split(
    '|',
  ),
  ...'status = :v|n = status|a.status = :v|and = :v|n = :w|#n = :v|l1[0] = :v|l1[9] = :v|l1[a] = :v|l1[:v] = :v'.split(
    '|',
  ),
  ...'m.a = :v|m.b.c = :v|m . a = :v|m.b[0] = :v|l1.a = :v|s.a.b = :v|a.b.c[0][1].d = :v|[0] = :v|a..b = :v|a. = :v'.split(
    '|',
  ),
  ...'n=:five and s=:v or not n=:v|not(n = :v)|NOT NOT n = :five|n+:v = :v|1n = :v|_n = :v|n_1 = :v|n-1 = :v|é = :v'.split(
    '|',
  ),
  ...'n = :v OR n = :five AND s = :hello|(n = :v OR n = :five) AND s = :s|NOT n = :v AND s = :hello|NOT (n = :v AND n = :v)'.split(
    '|',
  ),
  ...ALL_TYPES.flatMap((t) => [`n < ${t}`, `n BETWEEN ${t} AND ${t}`, `begins_with(s, ${t})`, `contains(s, ${t})`]),
  ...ALL_TYPES.flatMap((t) => [`attribute_type(s, ${t})`, `size(${t}) = n`, `s IN (${t})`, `n <> ${t}`, `${t} = m`]),
];

export const UPDATES: readonly string[] = [
  ...'SET n = :v|SET n = n + :v|SET n = n - :v|SET n = :v + n|SET n = n + n|SET n = n + :v + :v|SET n = (n + :v)'.split(
    '|',
  ),
  ...'SET n = (n) + (:v)|SET n = -:v|SET n = zz + :v|SET n = s + :v|SET n = n + :s|SET n = n + :l|SET n = ((:v))'.split(
    '|',
  ),
  ...'SET q = if_not_exists(q, :v)|SET q = if_not_exists(n, :v)|SET q = if_not_exists(n, zz)|SET q = if_not_exists(zz, yy)'.split(
    '|',
  ),
  ...'SET q = if_not_exists(zz, if_not_exists(yy, :v))|SET q = if_not_exists(:v, :v)|SET q = if_not_exists(q)'.split(
    '|',
  ),
  ...'SET q = if_not_exists(q, :v) + :v|SET q = if_not_exists(q, :v + n)|SET l1 = list_append(l1, :l)'.split('|'),
  ...'SET l1 = list_append(:l, l1)|SET l1 = list_append(:l, :l)|SET l1 = list_append(l1, :v)|SET l1 = list_append(l1, s)'.split(
    '|',
  ),
  ...'SET l1 = list_append(zz, :l)|SET zz = list_append(if_not_exists(zz, :l), :l)|SET l1 = list_append(l1)'.split('|'),
  ...'SET l1[0] = :v|SET l1[1] = :v, l1[9] = :s, l1[7] = :l|SET l1[9] = :v|SET l1[0].a = :v|SET m.a = :v|SET m.z = :v'.split(
    '|',
  ),
  ...'SET m.z.y = :v|SET m.b.c = :v, m.b.d = :s|SET zz.a = :v|SET s.a = :v|SET s[0] = :v|SET m[0] = :v|SET l1.a = :v'.split(
    '|',
  ),
  ...'SET n = :v, n = :v|SET m.a = :v, m = :m|SET m.a = :v, m.a.b = :s|SET m.a = :v, m[0] = :s|SET l1[0] = :v, l1[0] = :s'.split(
    '|',
  ),
  ...'SET pk = :s|SET sk = :v|SET pk.a = :v|REMOVE pk|REMOVE n|REMOVE n, s|REMOVE zz|REMOVE m.a|REMOVE m.zz|REMOVE zz.a'.split(
    '|',
  ),
  ...'REMOVE zz[0]|REMOVE m.zz.y|REMOVE s.a|REMOVE l1[0]|REMOVE l1[0], l1[2]|REMOVE l1[2], l1[0]|REMOVE l1[9]'.split(
    '|',
  ),
  ...'REMOVE l1[0], l1[9]|REMOVE m[0]|REMOVE l1[0].a|REMOVE l1.a|SET l1[0] = :v REMOVE l1[1]|SET l1[5] = :v REMOVE l1[0]'.split(
    '|',
  ),
  ...'REMOVE l1[0] SET l1[1] = :v, l1[2] = :s|SET l1[5] = :v, l1[0] = :s REMOVE l1[1], l1[2]|ADD n :v|ADD zz :v'.split(
    '|',
  ),
  ...'ADD s :v|ADD n :s|ADD ss :ss|ADD ns :ns|ADD zz :ss|ADD ss :ns|ADD ss :v|ADD n :ss|ADD n :l|ADD n :m|ADD m.a :v'.split(
    '|',
  ),
  ...'ADD m.q :v|ADD q.m :v|ADD l1[0] :v|ADD l1[9] :v|ADD l1 :l|DELETE ss :ss|DELETE zz :ss|DELETE ss :ns|DELETE ns :ns'.split(
    '|',
  ),
  ...'DELETE n :ss|DELETE n :v|DELETE ss :s|DELETE m.a :ss|DELETE m.q :ss|DELETE q.m :ss|SET n = :v SET s = :s'.split(
    '|',
  ),
  ...'SET n = :v REMOVE s ADD q :v DELETE ss :ss|set n = :v remove s|SET|SET n|SET n =|SET n :v|SET n = :v,'.split('|'),
  ...'SET n = :v ADD|FOO n = :v|n = :v|REMOVE :v|ADD n|ADD n = :v|ADD n n|DELETE ss ss|SET :v = n|SET n = size(s)'.split(
    '|',
  ),
  ...'SET n = foo(s)|SET n = attribute_exists(s)|SET status = :v|SET n = status|SET n = s|SET n = m.b|SET n = m.b.q'.split(
    '|',
  ),
  ...'SET n = l1[0]|SET q = n REMOVE n|SET n = s, s = n|SET n = n|SET g = :s|REMOVE g|SET n = n * :v|SET q.r = :v|SET #a = :v'.split(
    '|',
  ),
  ...'SET l1[0] = l1[1], l1[1] = l1[0]|SET m = :m REMOVE s ADD n :v|REMOVE m.b.c, m.b|REMOVE l1, l1[0]|SET (n) = :v'.split(
    '|',
  ),
];

export const PROJECTIONS: readonly string[] = [
  ...'n|n, s|m.a|m.b.c|m.b.q|m|l1[0]|l1[2], l1[0]|l1[0], l1[9]|l1[9]|zz|m.a, m|m.a, m.a|n, n|m.a, m[0]|status|n,|n s'.split(
    '|',
  ),
  ...'l1[0].a|m.a, m.b|pk, sk|m.b, l1[1], zz|:v|size(n)|#p|n.a'.split('|'),
];

/** Texts of numbers, canonical and not, within the limits and without. */
export const NUMBERS: readonly string[] = [
  ...'1.0|007|+5|-0|-0.0|1e3|1E-3|.5|5.||x|1e|--1|1 | 1|1e125|9.9e125|1e126|1e-130|9e-131|1e-129|-1e126|1.50|100|1e20'.split(
    '|',
  ),
  ...'12345678901234567890123456789012345678|123456789012345678901234567890123456789|0x10|Infinity|NaN|0e500|1_000'.split(
    '|',
  ),
  ...'0.12345678901234567890123456789012345678|123456789012345678901234567890123456780000|1e+5'.split('|'),
];

export const SUMS: readonly (readonly [string, string])[] = [
  ['0.1', '0.2'],
  ['9e125', '9e125'],
  ['1e125', '1e-130'],
  ['99999999999999999999999999999999999999', '1'],
  ['1e-130', '-9e-131'],
  ['123456789012345', '999999999999999'],
  ['-1.5', '1.50'],
  ['1e37', '0.1'],
  ['12345678901234567890.5', '-0.25'],
  ['-1e125', '-9.9e125'],
];

/** Attribute values as they should and should not be. */
export const ATTRIBUTE_VALUES: readonly unknown[] = [
  { S: 'a', N: '1' },
  {},
  { X: 'a' },
  { NULL: false },
  { NULL: null },
  { SS: [] },
  { NS: [] },
  { BS: [] },
  { SS: ['a', 'a'] },
  { NS: ['1', '1.0'] },
  { BS: ['AQ==', 'AQ=='] },
  { L: [{ SS: [] }] },
  { M: { a: {} } },
  { M: { a: { N: 'x' } } },
  { L: [{ L: [] }, { M: {} }] },
  { NS: ['x'] },
  { M: { '': { S: 'a' } } },
  { S: null },
  { L: null },
  { BOOL: null },
  nested(31),
  nested(32),
];

function nested(levels: number): unknown {
  return levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] };
}
