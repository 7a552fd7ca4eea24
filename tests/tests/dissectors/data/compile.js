// Compiles formats of Kaitai Struct to languages: compile.js FOLDER FILE...
// What is made is written to the folder; what is refused is told, one a line.

const fs = require("fs");
const path = require("path");
const Compiler = require("kaitai-struct-compiler");
const YAML = require("yaml");

const LANGUAGES = ["cpp_stl", "csharp", "go", "java", "javascript", "lua", "perl", "php", "python", "ruby"];

async function main([folder, ...files]) {
  const compiler = typeof Compiler === "function" ? new Compiler() : Compiler;
  for (const file of files) {
    const format = YAML.parse(fs.readFileSync(file, "utf8"), { maxAliasCount: -1 });
    for (const language of LANGUAGES) {
      try {
        const made = await compiler.compile(language, format, null, false);
        const own = path.join(folder, language);
        fs.mkdirSync(own, { recursive: true });
        for (const [name, text] of Object.entries(made)) {
          const target = path.join(own, name);
          fs.mkdirSync(path.dirname(target), { recursive: true });
          fs.writeFileSync(target, text);
          if (language === "javascript") new Function(text);
        }
      } catch (error) {
        console.log(`${path.basename(file)}: ${language}: ${error.message || error}`);
      }
    }
  }
}

main(process.argv.slice(2));
