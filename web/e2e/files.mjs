// Small files as users bring them, made from rows; and what is in the files that they take away.
import { crc32, inflateRawSync } from "node:zlib";

/** Rows with semicolons between cells, as spreadsheets here write them. */
export const csvOf = (rows) => `${rows.map((row) => row.join(";")).join("\r\n")}\r\n`;

const CP1250 = {
  Ą: 0xa5,
  ą: 0xb9,
  Ć: 0xc6,
  ć: 0xe6,
  Ę: 0xca,
  ę: 0xea,
  Ł: 0xa3,
  ł: 0xb3,
  Ń: 0xd1,
  ń: 0xf1,
  Ó: 0xd3,
  ó: 0xf3,
  Ś: 0x8c,
  ś: 0x9c,
  Ź: 0x8f,
  ź: 0x9f,
  Ż: 0xaf,
  ż: 0xbf,
};

/** Text in the encoding of old Windows programs. */
export const windows1250 = (text) => Buffer.from([...text].map((c) => CP1250[c] ?? c.charCodeAt(0)));

/** An archive whose members are not compressed. */
function zip(members) {
  const [bodies, directory] = [[], []];
  let at = 0;
  for (const [name, text] of members) {
    const bytes = Buffer.from(text);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt32LE(crc32(bytes), 10);
    fixed.writeUInt32LE(bytes.length, 14);
    fixed.writeUInt32LE(bytes.length, 18);
    fixed.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), fixed, Buffer.from(name), bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), fixed, rest, Buffer.from(name)]),
    );
    bodies.push(body);
    at += body.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, entries, end]);
}

/** A workbook of one sheet. */
export function xlsxOf(sheet, rows) {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const office = "http://schemas.openxmlformats.org";
  const main = `${office}/spreadsheetml/2006/main`;
  const relation = (kind) => `${office}/officeDocument/2006/relationships/${kind}`;
  const type = (part) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`;
  const cell = (text, at, row) =>
    `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const data = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((text, i) => cell(text, i, at + 1)).join("")}</row>`,
  );
  return zip([
    [
      "[Content_Types].xml",
      `${head}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type("sheet.main")}"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type("worksheet")}"/></Types>`,
    ],
    [
      "_rels/.rels",
      `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${relation("officeDocument")}" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${head}<workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${sheet}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${relation("worksheet")}" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
    [
      "xl/worksheets/sheet1.xml",
      `${head}<worksheet xmlns="${main}"><sheetData>${data.join("")}</sheetData></worksheet>`,
    ],
  ]);
}

/** The text of all members of an archive, by name. */
export function unzip(bytes) {
  const members = new Map();
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameSize] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameSize);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(from, from + size);
    members.set(name, (method === 8 ? inflateRawSync(body) : body).toString("utf8"));
    at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

/** Rows of a CSV file, with quotes taken off. */
export function rowsOf(text, delimiter) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === delimiter) row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  return rows.filter((row) => row.some(Boolean));
}
