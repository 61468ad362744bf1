// Opens what the browser downloaded: an encrypted archive, the workbook inside, its cells.
import { BlobReader, TextWriter, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";

async function unpack(bytes, options = {}) {
  const reader = new ZipReader(new BlobReader(new Blob([bytes])), options);
  const entries = await reader.getEntries();
  return { entries, close: () => reader.close() };
}

/** The one file of an archive: its name, how it is encrypted, its bytes. */
export async function openArchive(bytes, password) {
  const { entries, close } = await unpack(bytes, { password });
  if (entries.length !== 1) throw new Error(`${entries.length} files in the archive`);
  const [entry] = entries;
  const content = await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
  await close();
  return { name: entry.filename, encrypted: entry.encrypted, strength: entry.extraFieldAES?.strength, content };
}

/** The rows of a workbook's only sheet, each a list of values: texts, numbers, nothing; and whether it holds a formula. */
export async function readWorkbook(bytes) {
  const { entries, close } = await unpack(bytes);
  const part = async (name) => {
    const entry = entries.find(({ filename }) => filename === name);
    return entry ? entry.getData(new TextWriter()) : "";
  };
  const shared = [...(await part("xl/sharedStrings.xml")).matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) => texts(item));
  const sheets = entries.filter(({ filename }) => filename.startsWith("xl/worksheets/sheet"));
  const sheet = await part("xl/worksheets/sheet1.xml");
  await close();
  const rows = [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells]) => row(cells ?? "", shared));
  return { sheets: sheets.length, rows, formulas: (sheet.match(/<f[ >]/g) ?? []).length };
}

function row(cells, shared) {
  const values = [];
  for (const [, attributes, content] of cells.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    values[column(/r="([A-Z]+)/.exec(attributes)[1])] = value(/t="(\w+)"/.exec(attributes)?.[1] ?? "n", content ?? "", shared);
  }
  return Array.from(values, (found) => found ?? null);
}

function column(letters) {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function value(type, content, shared) {
  if (type === "inlineStr") return texts(content);
  const raw = /<v>(.*?)<\/v>/s.exec(content)?.[1];
  if (raw === undefined) return null;
  if (type === "s") return shared[Number(raw)];
  return type === "n" ? Number(raw) : plain(raw);
}

function texts(xml) {
  return [...xml.matchAll(/<t(?: [^>]*)?>(.*?)<\/t>/gs)].map(([, text]) => plain(text)).join("");
}

function plain(xml) {
  const names = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return xml.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name) => {
    if (!name.startsWith("#")) return names[name] ?? whole;
    return String.fromCodePoint(name[1] === "x" ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
  });
}

/** A day as a workbook counts it. */
export function serial(day) {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
}
