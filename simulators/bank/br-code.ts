/** EMV QR Code ids of the BR Code manual (Banco Central do Brasil). */
const MERCHANT_NAME = 'CORRETORA LOCAL';
const MERCHANT_CITY = 'SAO PAULO';
const PSP_LOCATION = 'pix.bancolocal.example/qr/v2/';
const CURRENCY_BRL = '986';

/** "Pix copia e cola" of a dynamic charge: fields of id, length and value, closed by a CRC16. */
export function brCode(txid: string, amountCents: number): string {
  const account = field('00', 'br.gov.bcb.pix') + field('25', PSP_LOCATION + txid);
  const reais = `${Math.floor(amountCents / 100)}.${String(amountCents % 100).padStart(2, '0')}`;
  const payload =
    field('00', '01') +
    field('01', '12') +
    field('26', account) +
    field('52', '0000') +
    field('53', CURRENCY_BRL) +
    field('54', reais) +
    field('58', 'BR') +
    field('59', MERCHANT_NAME) +
    field('60', MERCHANT_CITY) +
    field('62', field('05', '***'));
  const unsigned = `${payload}6304`;
  return unsigned + crc16(unsigned);
}

function field(id: string, value: string): string {
  return id + String(value.length).padStart(2, '0') + value;
}

/** CRC-16/CCITT-FALSE, four upper-case hex digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
