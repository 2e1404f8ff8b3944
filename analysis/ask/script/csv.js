// One student's answers as a file: answers.py and letters.py in the page's language. A test gives both the same files.

const COLUMNS = ["code", "occasion", "form", "question_id", "answer", "confidence", "reason", "pieces", "evidence",
  "evidence_id", "case", "version"];
const NEEDED = ["code", "question_id", "answer"];
const CONFIDENCE = ["50", "60", "70", "80", "90", "100"];
const FORMS = ["pre", "post", "later", "practice"];
const CODE = /^([A-Za-z0-9]{1,8})-([0-9]{1,3})$/;
const VERSION = /^1\.[0-9a-f]{8}$/;
const MOST_BYTES = 2e6;
const MOST_ROWS = 2000;
const AGAIN = "Ask for the file again: the student opens the page and saves once more";

// What may be wrong with a file, and what to do. {} is a cell's text or a number.
const WORDS = {
  "empty": ["the file is empty", AGAIN],
  "large": ["the file is too large for one student's answers", AGAIN],
  "workbook": ["it is an Excel workbook or an archive, no CSV", "In Excel choose Save as, CSV UTF-8"],
  "controls": ["it holds characters that are no text; they were left out", AGAIN],
  "letters": ["its letters are not UTF-8; they were read as Windows writes them", "Look at letters such as é and –"],
  "no answers": ["it has no answers, only a header", AGAIN],
  "columns": ["it is no file of answers: the column {} is missing", AGAIN],
  "column": ["the column {} is missing, and was taken as empty", AGAIN],
  "rows": ["it has more rows than one student can have; the rest was left out", AGAIN],
  "cut": ["the file breaks off in this row; what was whole was kept", AGAIN],
  "quote": ["a quotation mark in this row is never closed; the row was read as one line", "Look at its last cells"],
  "cells": ["this row has more cells than the header; it was left out", "Put a cell with a comma in it in quotes"],
  "notes": ["this row has cells beyond the header; they were left out", "Give a column of notes a heading"],
  "code": ["{} is no code of class and seat", "Write the code, such as 7B-14, in the column code"],
  "code of name": ["{} is no code of class and seat; the file's name was used", "See that the name is the student's"],
  "name": ["its name says {}, and its rows another code; the rows were believed", "See whose file it is"],
  "codes": ["it holds more than one code: {}", "See whose file it is, and take the other rows out"],
  "occasion": ["{} is no occasion", "Write before, after, later or lesson-1 in the column occasion"],
  "form": ["{} is no form", "Write pre, post, later or practice in the column form"],
  "question": ["the row names no question; it was left out", "Write its question_id, if you know it"],
  "confidence": ["{} is no confidence; it was taken as empty", "Write 50, 60, 70, 80, 90 or 100"],
  "twice": ["{} stands here twice; the later answer was kept", "See whether the student answered twice"],
};

const bare = text => text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, "");
const codeOf = text => {
  const found = bare(text).replace(/[ \u00a0]*[-_\u2010-\u2015\u2212][ \u00a0]*/g, "-").match(CODE);
  return found ? `${found[1].toUpperCase()}-${Number(found[2])}` : "";
};
// A code as a student types it: a space or any dash between class and seat will do.
const BETWEEN = /[\s\-_\u2010-\u2015\u2212]+/g;
const typedCode = text => codeOf(text.trim().replace(BETWEEN, "-"));
// What is said of what was typed and is no code.
const wantedCode = text => {
  const given = short(text.trim(), 20);
  const glued = given.match(/^([A-Za-z0-9]{0,7}[A-Za-z])([0-9]{1,3})$/);
  if (!given) return "Write your code first: class and seat from your teacher’s list, such as 7B-14.";
  return glued ? `${given} is no code: did you mean ${codeOf(`${glued[1]}-${glued[2]}`)}?`
    : `${given} is no code. A code is class and seat from your teacher’s list, such as 7B-14.`;
};
// The code in a file's name, whatever a browser or a phone has put behind it.
const codeOfName = path => {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const found = name.match(/answers[-_ ]([a-z0-9]{1,8}-[0-9]{1,3})(?![0-9a-z])/i)
    ?? name.match(/(?<![A-Za-z0-9-])([A-Za-z0-9]{1,8}-[0-9]{1,3})(?![0-9A-Za-z-])/);
  return codeOf(found?.[1] ?? "");
};
const fileName = code => `answers-${code}.csv`;
const NEVER = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const ANSI = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?/g;
const short = (text, most) => [...text].slice(0, most).join("");

// A number as a student writes it, in digits with a point; empty where it is none. A comma before three digits parts thousands.
const digitsOf = text => {
  let digits = text.replace(/[\s\u00a0\u202f]/g, "");
  if (/^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(digits)) digits = digits.replaceAll(",", "");
  digits = digits.replaceAll(",", ".");
  return /^-?[0-9]+(\.[0-9]+)?$/.test(digits) ? digits : "";
};

// To write

const cellOf = given => {
  let text = (text => text.toWellFormed?.() ?? text)(String(given ?? "")).replace(/\r\n?/g, "\n").replace(NEVER, "");
  if (/^('(?=['=+\-@\t\r])|[=+\-@\t\r])/.test(text)) text = `'${text}`;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const textOf = rows => [COLUMNS, ...rows.map(row => COLUMNS.map(c => cellOf(row[c])))].map(line => line.join(",") + "\n").join("");

// To read: bytes as text

const decoded = (data, tell) => {
  const wrong = data.every(b => [0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xff, 0xfe].includes(b)) ? "empty"
    : data.length > MOST_BYTES ? "large"
    : (data[0] === 0x50 && data[1] === 0x4b) || (data[0] === 0xd0 && data[1] === 0xcf && data[2] === 0x11 && data[3] === 0xe0) ? "workbook"
    : "";
  if (wrong) return tell(0, wrong);
  const pairs = data.subarray(0, data.length - data.length % 2);
  const as = (name, bytes, strict = false) => new TextDecoder(name, {ignoreBOM: true, fatal: strict}).decode(bytes);
  const text = (data[0] === 0xff && data[1] === 0xfe) || data[1] === 0 ? as("utf-16le", pairs)
    : (data[0] === 0xfe && data[1] === 0xff) || data[0] === 0 ? as("utf-16be", pairs)
    : eight(data, as, tell);
  if (text.search(NEVER) < 0) return text.replace(/^\ufeff/, "");
  tell(0, "controls");
  return text.replace(ANSI, "").replace(NEVER, "").replace(/^\ufeff/, "");
};

const eight = (data, as, tell) => {
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      return as("utf-8", data.subarray(0, data.length - cut), true);
    } catch {
      continue;
    }
  }
  tell(0, "letters");
  return as("windows-1252", data);
};

// Text as rows of cells

const recordOf = (text, at, separator) => {
  const cells = [];
  let [cell, quoted, start] = ["", false, true];
  while (at < text.length) {
    const letter = text[at];
    at += 1;
    if (quoted) {
      if (letter === '"' && text[at] !== '"') quoted = false;
      else [cell, at] = [cell + letter, at + (letter === '"')];
    } else if (letter === '"' && start) {
      quoted = true;
    } else if (letter === separator) {
      cells.push(cell);
      [cell, start] = ["", true];
      continue;
    } else if (letter === "\r" || letter === "\n") {
      at += letter === "\r" && text[at] === "\n";
      break;
    } else {
      cell += letter;
    }
    start = false;
  }
  return [[...cells, cell], at, !quoted];
};

// Whether a row is a header: three of its cells or more are names of columns.
const heads = cells => cells.filter(cell => COLUMNS.includes(bare(cell).toLowerCase())).length > 2;

const header = rows => (rows.find(([, cells]) => heads(cells)) ?? rows[0])?.[1] ?? [];

const parsed = (text, separator, tell) => {
  const made = [];
  let at = 0;
  while (at < text.length) {
    let [cells, end, closed] = recordOf(text, at, separator);
    const number = made.length + 1;
    if (!closed) {
      const rest = text.slice(at);
      const line = rest.match(/^[^\r\n]*(?:\r\n|\r|\n)?/)[0];
      const first = rest.split(separator)[0] + separator;
      const goesOn = rest.includes("\n" + first) || rest.includes("\r" + first);
      tell(number, goesOn ? "quote" : "cut");
      cells = goesOn ? recordOf(line, 0, separator)[0] : cells.slice(0, -1);
      end = goesOn ? at + line.length : text.length;
    } else if (end === text.length && !/[\r\n]$/.test(text) && made.length && cells.length < header(made).length) {
      tell(number, "cut");
      cells = cells.slice(0, -1);
    }
    made.push([number, cells]);
    at = end;
  }
  return made;
};

// Whether rows were opened with one separator and saved with another: whole rows stand in one cell, in quotes.
const wrapped = text => /^"?code,/.test(text) && /(?:^|\n)"[^"\n,;]+,[^"\n,;]*,/.test(text);

const recordsOf = (given, tell) => {
  let text = given.replace(/^sep=[,;\t]\r?\n/, "");
  const lines = text.replaceAll('"', "").toLowerCase().split(/[\r\n]+/);
  const known = by => lines.reduce((most, line) => Math.max(most, line.split(by).filter(cell => COLUMNS.includes(bare(cell))).length), 0);
  const [separator] = [",", ";", "\t"].map(by => [by, known(by)]).reduce((best, next) => next[1] > best[1] ? next : best);
  if (wrapped(text)) {
    text = parsed(text, ";", () => null).map(([, cells]) => cells.join(";").replace(/;+$/, "")).join("\n") + "\n";
  }
  return [separator, parsed(text, separator, tell).filter(([, cells]) => cells.some(bare))];
};

// Rows

const headerOf = (cells, tell) => {
  const names = cells.map(cell => bare(cell).toLowerCase());
  for (const c of COLUMNS.filter(c => !names.includes(c))) {
    if (NEEDED.includes(c)) return tell(0, "columns", c);
    tell(0, "column", c);
  }
  return names;
};

const confidenceOf = (number, text, tell) => {
  const plain = text.replace(/[% \u00a0]/g, "").replaceAll(",", ".");
  let value = /^[0-9]{1,3}(\.[0-9]*)?$/.test(plain) ? parseFloat(plain) : 0;
  if (value > 0 && value <= 1) value = Math.round(value * 100);
  const known = CONFIDENCE.includes(String(value));
  if (plain && !known) tell(number, "confidence", short(text, 30));
  return known ? String(value) : "";
};

const rowOf = (number, cells, names, separator, tell) => {
  if (cells.slice(names.length).some(bare)) {
    const moved = !VERSION.test(bare(cells[names.indexOf("version")] ?? ""));
    tell(number, moved ? "cells" : "notes");
    if (moved) return null;
  }
  const row = {};
  for (const c of COLUMNS) {
    const cell = cells[names.indexOf(c)] ?? "";
    row[c] = (c === "reason" ? cell : bare(cell)).replace(/^'(?=['=+\-@\t\r])/, "").replace(/\r\n?/g, "\n");
  }
  if (!row.question_id) return tell(number, "question");
  for (const c of ["occasion", "form"]) row[c] = row[c].toLowerCase();
  if (separator === ";" && /^-?[0-9]+,[0-9]+$/.test(row.answer)) row.answer = row.answer.replace(",", ".");
  row.confidence = confidenceOf(number, row.confidence, tell);
  if (row.occasion && !/^(before|after|later|lesson-[0-9]{1,2})$/.test(row.occasion)) tell(number, "occasion", short(row.occasion, 30));
  if (row.form && !FORMS.includes(row.form)) tell(number, "form", short(row.form, 30));
  return row;
};

const settled = (rows, name, tell) => {
  const named = codeOfName(name);
  for (const said of new Set(rows.map(([, row]) => row.code))) {
    if (!codeOf(said)) tell(0, named ? "code of name" : "code", short(said, 30) || "an empty cell");
  }
  for (const [, row] of rows) row.code = codeOf(row.code) || named || row.code;
  const codes = [...new Set(rows.map(([, row]) => row.code))];
  if (named && codes.length && !codes.includes(named)) tell(0, "name", named);
  if (codes.length > 1) tell(0, "codes", short(codes.join(", "), 60));
  const kept = new Map();
  for (const [number, row] of rows) {
    const key = JSON.stringify([row.code, row.case, row.occasion, row.question_id]);
    if (kept.has(key)) tell(number, "twice", short(row.question_id, 30));
    if (row.answer || !kept.has(key)) kept.set(key, [number, row]);
  }
  return [...kept.values()];
};

// A student's file: {rows: [{column: text}], faults: [[row, fault, remedy]], numbers: [a row's number]}; data: Uint8Array.
// It never throws.
const readAnswers = (data, name = "") => {
  const faults = [];
  const tell = (row, what, given = "") => {
    faults.push([row, WORDS[what][0].replace("{}", () => given), WORDS[what][1]]);
    return null;
  };
  const text = decoded(data, tell);
  if (text === null) return {rows: [], faults, numbers: []};
  const [separator, records] = recordsOf(text, tell);
  if (records.length > MOST_ROWS + 1) tell(0, "rows");
  const names = headerOf(header(records), tell);
  if (!names) return {rows: [], faults, numbers: []};
  const rows = records.filter(([, cells]) => !heads(cells)).slice(0, MOST_ROWS)
    .map(([number, cells]) => [number, rowOf(number, cells, names, separator, tell)]).filter(([, row]) => row);
  if (!rows.length && !faults.length) tell(0, "no answers");
  const kept = settled(rows, name, tell);
  return {rows: kept.map(([, row]) => row), faults, numbers: kept.map(([number]) => number)};
};
