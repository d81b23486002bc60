// Blocks as a word-processor document (Office Open XML, ECMA-376), in a zip. No library: a document of five kinds of blocks
// needs little, and the browser compresses by itself.

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const CORE = "application/vnd.openxmlformats-package.core-properties+xml";
const LANGUAGE = "nl-NL";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";
export const DOCX = `${TYPE}.document`;

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${TYPE}.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="${TYPE}.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="${CORE}"/></Types>`;
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;
const DOCUMENT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="${OFFICE}/settings" Target="settings.xml"/></Relationships>`;
const NUMBERING = `${XML}<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
// Without this Word opens the document as one of Word 2007, with less to work with.
const SETTINGS = `${XML}<w:settings xmlns:w="${WORD}"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;
// Sizes are half points, distances twentieths of a point.
const STYLES = `${XML}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="${LANGUAGE}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  style("Title", "Title", "", 40, 240),
  style("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>', 28, 320),
  style("Heading2", "heading 2", '<w:outlineLvl w:val="1"/>', 24, 200),
  '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/></w:pPr></w:style>',
  `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join("")}</w:tblBorders><w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
].join("")}</w:styles>`;

function style(id, name, level, size, before) {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="${before}" w:after="100"/>${level}</w:pPr><w:rPr><w:b/><w:color w:val="0B4A5E"/><w:sz w:val="${size}"/></w:rPr></w:style>`;
}

// Returns the document as bytes.
export function docxOf(blocks) {
  return zipped({
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": RELATIONS,
    "docProps/core.xml": coreXml(blocks),
    "word/document.xml": documentXml(blocks),
    "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
    "word/styles.xml": STYLES,
    "word/numbering.xml": NUMBERING,
    "word/settings.xml": SETTINGS,
  });
}

// What the document says about itself: a screen reader tells the title and needs the language.
function coreXml(blocks) {
  const { text } = blocks.find(({ kind }) => kind === "title");
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(text)}</dc:title><dc:language>${LANGUAGE}</dc:language></cp:coreProperties>`;
}

function documentXml(blocks) {
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1300" w:right="1300" w:bottom="1300" w:left="1300" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>';
  return `${XML}<w:document xmlns:w="${WORD}"><w:body>${blocks.map(blockXml).join("")}${page}</w:body></w:document>`;
}

function blockXml(block) {
  switch (block.kind) {
    case "title": return paragraphXml(block.text, "Title");
    case "heading": return paragraphXml(block.text, "Heading1");
    case "subheading": return paragraphXml(block.text, "Heading2");
    case "list": return block.items.map((item) => paragraphXml(item, "ListBullet")).join("");
    case "table": return tableXml(block);
    default: return block.text.split("\n").map((line) => paragraphXml(line)).join("");
  }
}

function paragraphXml(text, name = "", bold = false) {
  return `<w:p>${name ? `<w:pPr><w:pStyle w:val="${name}"/></w:pPr>` : ""}<w:r>${bold ? "<w:rPr><w:b/></w:rPr>" : ""}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

function tableXml({ head, rows }) {
  const width = Math.floor(9300 / head.length);
  const row = (cells, first) => `<w:tr><w:trPr><w:cantSplit/>${first ? "<w:tblHeader/>" : ""}</w:trPr>${cells.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraphXml(cell, "", first)}</w:tc>`).join("")}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${width * head.length}" w:type="dxa"/></w:tblPr><w:tblGrid>${head.map(() => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>${row(head, true)}${rows.map((cells) => row(cells, false)).join("")}</w:tbl><w:p/>`;
}

// XML knows no control characters, nor half of a character.
function escaped(text) {
  const sound = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
  return sound.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

// ---------------------------------------------------------------- zip (PKWARE's APPNOTE 6.3)

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [VERSION, UTF8, DEFLATE, FIRST_DAY] = [20, 0x0800, 8, 0x21]; // The day is 1 January 1980: the file tells no time.

async function zipped(files) {
  const [parts, directory] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = new TextEncoder().encode(name);
    const { packed, checksum, size } = await deflated(text);
    const common = [[2, VERSION], [2, UTF8], [2, DEFLATE], [2, 0], [2, FIRST_DAY], [4, checksum], [4, packed.length], [4, size], [2, path.length], [2, 0]];
    const local = [bytes([[4, LOCAL], ...common]), path, packed];
    directory.push(bytes([[4, CENTRAL], [2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), path);
    parts.push(...local);
    offset += lengthOf(local);
  }
  const count = Object.keys(files).length;
  const end = bytes([[4, END], [2, 0], [2, 0], [2, count], [2, count], [4, lengthOf(directory)], [4, offset], [2, 0]]);
  return joined([...parts, ...directory, end]);
}

// What gzip makes is what a zip wants, between a head of 10 bytes and a tail with the checksum and the size.
async function deflated(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const made = new Uint8Array(await new Response(stream).arrayBuffer());
  const tail = new DataView(made.buffer, made.length - 8);
  return { packed: made.slice(10, -8), checksum: tail.getUint32(0, true), size: tail.getUint32(4, true) };
}

// Numbers as bytes, the lowest first; each is [how many bytes, value].
function bytes(numbers) {
  return new Uint8Array(numbers.flatMap(([size, value]) => Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 0xff)));
}

function joined(parts) {
  const all = new Uint8Array(lengthOf(parts));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

function lengthOf(parts) {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
