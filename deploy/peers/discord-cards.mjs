// The bodies that the bot sent, as a TypeScript program that discord-api-types judges.
// node discord-cards.mjs FOLDER OUT.ts   (FOLDER holds *.jsonl, as -Dcards=FOLDER writes it)
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// What JDA writes of its own that the types don't know and Discord does not mind: a file's media type, and
// null for what is absent (the reviver below leaves it out).
const known = (body) => {
  for (const file of [...(body.attachments ?? []), ...(body.data?.attachments ?? [])]) delete file.content_type;
};

const [folder, out] = process.argv.slice(2);
const seen = new Set();
const program = [];
const kinds = new Set();
for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)) {
    const { kind, body } = JSON.parse(line, (_, value) => value ?? undefined);
    known(body);
    // bodies that differ in words alone are one to a type
    const shape = kind + JSON.stringify(body, (_, value) => (typeof value === 'string' ? 's' : value));
    if (seen.has(shape)) continue;
    seen.add(shape);
    kinds.add(kind);
    // a sum of flags is no single value of its enum
    const text = JSON.stringify(body, null, 1).replace(/"flags": (\d+)/g, '"flags": ($1 as number)');
    program.push(`export const c${program.length}: REST${kind}JSONBody = ${text};`);
  }
}
if (program.length === 0) {
  console.error('no bodies in ' + folder);
  process.exit(1);
}
const types = [...kinds].map((kind) => `REST${kind}JSONBody`).join(', ');
writeFileSync(out, `import type { ${types} } from 'discord-api-types/v10';\n${program.join('\n')}\n`);
console.log(`${program.length} bodies of ${kinds.size} kinds`);
