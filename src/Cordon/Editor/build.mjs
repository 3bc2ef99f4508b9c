// Builds the bundle and writes into its first line what it was built from, which a test compares: an editor that was
// changed and not built again, or a bundle that was changed by hand, fails there.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const source = sha(readFileSync('editor.js'), readFileSync('package-lock.json'));
const made = await build({
  entryPoints: ['editor.js'], bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', write: false,
});
const code = made.outputFiles[0].contents;
const banner = '/* Cordon rule editor: CodeMirror 6 and Lezer, MIT licence, see rule-editor.LICENSE.txt. '
  + `Built from src/Cordon/Editor, source ${source}, bundle ${sha(code)}. */\n`;
writeFileSync('../wwwroot/rule-editor.js', banner + Buffer.from(code).toString('utf8'));
