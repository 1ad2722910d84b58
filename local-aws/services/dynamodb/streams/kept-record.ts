/**
 * A record as it is kept: the text of its JSON. On the wire it stands as the record itself; a reader within the process may take the text, which spares
 * making an object of it and text again.
 */
export class KeptRecord {
  readonly sequenceNumber: string;
  readonly createdMs: number;
  readonly json: string;

  constructor(sequenceNumber: string, createdMs: number, json: string) {
    this.sequenceNumber = sequenceNumber;
    this.createdMs = createdMs;
    this.json = json;
  }

  toJSON(): unknown {
    return JSON.parse(this.json);
  }
}
