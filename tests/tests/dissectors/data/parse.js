// Compiles a format and reads messages by it.
//
// node parse.js FORMAT.ksy MESSAGES, a file with the hexadecimal digits of a
// message a line. Prints a line of JSON for each: its leaves in order, as pairs
// of attribute and value.
const fs = require("fs");
const vm = require("vm");
const compiler = require("kaitai-struct-compiler");
const KaitaiStream = require("kaitai-struct/KaitaiStream");
const YAML = require("yaml");

const [formatFile, messagesFile] = process.argv.slice(2);

// The numbers of a type that stands for one.
const NUMBERS = new Set(["Leb128", "Leb128Signed", "Zigzag"]);

function leaves(value, name, found) {
  if (value === undefined || value === null) return;
  if (value instanceof Uint8Array) {
    found.push([name, { hex: Buffer.from(value).toString("hex") }]);
  } else if (Array.isArray(value)) {
    for (const item of value) leaves(item, name, found);
  } else if (typeof value === "object") {
    if (NUMBERS.has(value.constructor.name)) {
      found.push([name, value.value]);
      return;
    }
    for (const key of Object.keys(value)) {
      if (key.startsWith("_")) continue;
      leaves(value[key], key, found);
    }
  } else {
    found.push([name, value]);
  }
}

async function main() {
  const format = YAML.parse(fs.readFileSync(formatFile, "utf8"));
  const files = await compiler.compile("javascript", format, null, false);
  const modules = { "kaitai-struct/KaitaiStream": KaitaiStream };
  const name = Object.keys(files)[0].replace(/\.js$/, "");
  const module = { exports: {} };
  const load = (wanted) => {
    if (!modules[wanted]) throw new Error("no module " + wanted);
    return modules[wanted];
  };
  const source = "(function (module, exports, require) {" + files[name + ".js"] + "})";
  vm.runInThisContext(source)(module, module.exports, load);
  const Root = module.exports[name] || module.exports;
  const messages = fs.readFileSync(messagesFile, "utf8").split("\n").filter(Boolean);
  for (const message of messages) {
    const bytes = Buffer.from(message, "hex");
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const found = [];
    try {
      const stream = new KaitaiStream(buffer);
      leaves(new Root(stream), "", found);
      // Bits may be left of the last byte.
      if (stream.pos < stream.size) throw new Error("bytes are left over at " + stream.pos);
      console.log(JSON.stringify({ leaves: found }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error), leaves: found }));
    }
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
