// Starts `pickler lsp` for specs.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const settings = workspace.getConfiguration("pickler");
  const server = { command: settings.get("path"), args: ["lsp"] };
  const pages = settings.get("pages");
  client = new LanguageClient("pickler", "Pickler", server, {
    documentSelector: [{ language: "pickler" }],
    initializationOptions: pages ? { pages } : {},
  });
  return client.start();
};

exports.deactivate = () => client?.stop();
