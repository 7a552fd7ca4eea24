// Prints what the engine of VS Code makes of each line of some files by a grammar,
// the first argument: what has a scope, with it.
const fs = require("fs");
const { INITIAL, Registry } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const [grammar, ...texts] = process.argv.slice(2).map((file) => fs.readFileSync(file, "utf8"));

async function main() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (string) => new oniguruma.OnigString(string),
    }),
    loadGrammar: async () => JSON.parse(grammar),
  });
  const loaded = await registry.loadGrammar("source.pickler");
  for (const text of texts) {
    let rules = INITIAL;
    for (const line of text.trimEnd().split("\n")) {
      const { tokens, ruleStack } = loaded.tokenizeLine(line, rules);
      rules = ruleStack;
      const shown = tokens.flatMap(({ startIndex, endIndex, scopes }) => {
        const scope = scopes.slice(1).at(-1)?.replace(".pickler", "");
        return scope ? [`${line.slice(startIndex, endIndex)}<${scope}>`] : [];
      });
      console.log(shown.join(" "));
    }
  }
}

main();
