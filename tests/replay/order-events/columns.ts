/** The columns of the file of order events, in order. */
export const COLUMNS = [
  'SessionDate',
  'InstrumentSymbol',
  'OrderSide',
  'SequentialOrderNumber',
  'SecondaryOrderID',
  'ExecutionType',
  'PriorityTime',
  'PriorityIndicator',
  'OrderPrice',
  'TotalQuantity',
  'TradedQuantity',
  'OrderDatetime',
  'OrderStatus',
  'AgressorIndicator',
  'Member',
] as const;
export type Column = (typeof COLUMNS)[number];
export type Row = Readonly<Record<Column, string>>;

/** What is wrong with one field. */
export interface FieldFault {
  readonly field: Column;
  readonly reason: string;
}

/** What a field must look like, told in the words of the message. */
export const FIELD_RULES: Readonly<Record<Column, { readonly pattern: RegExp; readonly meaning: string }>> = {
  SessionDate: { pattern: /^\d{4}-\d{2}-\d{2}$/, meaning: 'a date YYYY-MM-DD' },
  InstrumentSymbol: { pattern: /^[A-Z][A-Z0-9]{3}\d{1,2}F?$/, meaning: 'a ticker' },
  OrderSide: { pattern: /^(Buy|Sell)$/, meaning: 'Buy or Sell' },
  SequentialOrderNumber: { pattern: /^\d{1,15}$/, meaning: 'an order number of 1 to 15 digits' },
  SecondaryOrderID: { pattern: /^\d{1,15}$/, meaning: 'an event number of 1 to 15 digits' },
  ExecutionType: { pattern: /^(New|Update|Cancel|Trade)$/, meaning: 'New, Update, Cancel or Trade' },
  PriorityTime: { pattern: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}$/, meaning: 'a time HH:MM:SS.ffffff' },
  PriorityIndicator: { pattern: /^\d{10}$/, meaning: '10 digits' },
  OrderPrice: { pattern: /^\d{1,8}\.\d{6}$/, meaning: 'a price in reais with six decimals' },
  TotalQuantity: { pattern: /^[1-9]\d{0,8}$/, meaning: 'a number of shares from 1 to 999999999' },
  TradedQuantity: { pattern: /^(0|[1-9]\d{0,8})$/, meaning: 'a number of shares from 0 to 999999999' },
  OrderDatetime: { pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, meaning: 'an instant YYYY-MM-DDTHH:MM:SSZ' },
  OrderStatus: {
    pattern: /^(New|Replaced|Canceled|Partially Filled|Filled)$/,
    meaning: 'New, Replaced, Canceled, Partially Filled or Filled',
  },
  AgressorIndicator: { pattern: /^[012]$/, meaning: '0, 1 or 2' },
  Member: { pattern: /^[1-9]\d{0,7}$/, meaning: 'a member number of 1 to 8 digits' },
};
